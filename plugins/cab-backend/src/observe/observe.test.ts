import { randomBytes } from 'node:crypto';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Participation } from '@fawkes/backstage-plugin-cab-common/rules';
import type { DeliveryService } from '@fawkes/backstage-plugin-delivery-node';
import { isPostgres } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { verified, wholeRecord } from '../__testUtils__/record';
import {
  askedFor,
  BOARD,
  createReplica,
  gateFor,
  otherPool,
  type Replica,
} from '../__testUtils__/replica';
import { createChange, submitChange } from '../cases/asking';
import { castVoteOn } from '../cases/deciding';
import { runStarted } from '../cases/pipeline';
import { reviewChange } from '../cases/reviewing';
import { Signer } from '../record/signer';
import { databaseNow, MIGRATIONS } from '../store/database';
import type { ChangeRow, DeploymentRow } from '../store/tables';
import { hear, label, sweep } from './listen';
import { judgeWaiting, observeDeployment } from './observe';
import type { ToldDeployment } from './seen';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const SAM = 'user:default/sam';
const by = (actor: string) => ({ actor, correlationId: 'observe' });
const ORIGIN = 'observe.example/cab';
const GRACE = 11 * 60_000;

describe.each(databases.eachSupportedId())('deployments, %s', id => {
  const { signer } = Signer.made(ORIGIN);
  let db: Knex;
  let replica: Replica;
  let participation: Participation;
  let environmentClass: ChangeRow['environment_class'];

  beforeAll(async () => {
    db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
    if (!isPostgres(db)) await db.raw('pragma recursive_triggers = on');
  });
  beforeEach(() => {
    participation = 'enforce';
    environmentClass = 'production';
    replica = replicaOn(db);
  });

  function replicaOn(pool: Knex): Replica {
    const made = createReplica(pool, signer);
    const usual = made.deps.place;
    made.deps.place = async question => {
      const place = await usual(question);
      made.deps.config.participation.default = participation;
      return { ...place, environmentClass };
    };
    return made;
  }

  const newSha = () => randomBytes(20).toString('hex');
  const told = async (
    more: Partial<ToldDeployment> = {},
  ): Promise<ToldDeployment> => ({
    key: `key-${randomBytes(6).toString('hex')}`,
    entityRef: 'component:default/shop',
    entityTitle: 'Shop',
    environment: 'test',
    sha: newSha(),
    artifact: null,
    status: 'success',
    isProduction: false,
    isSandbox: false,
    startedAt: await databaseNow(db),
    ...more,
  });
  const rowOf = (key: string): Promise<DeploymentRow> =>
    db('cab_deployments').where('key', key).first();
  const changeOf = (changeId: string | null): Promise<ChangeRow> =>
    db('cab_changes').where('id', changeId).first();
  const unauthorized = async (): Promise<number> => {
    const [{ count }] = await db('cab_changes')
      .where('state', 'unauthorized')
      .count({ count: '*' });
    return Number(count);
  };
  const wait = async (key: string) => {
    const { seen_at } = await rowOf(key);
    await db('cab_deployments')
      .where('key', key)
      .update({ seen_at: seen_at - GRACE });
  };

  /** A change request that the board approved; something is in the record by it. */
  async function approved(sha: string): Promise<string> {
    const { deps } = replica;
    const changeId = await createChange(deps, askedFor(sha), by(SAM));
    await submitChange(deps, changeId, { revision: 1 }, by(SAM));
    for (const voter of BOARD.slice(0, 2)) {
      const row = await changeOf(changeId);
      await castVoteOn(
        deps,
        changeId,
        {
          decision: 'approve',
          revision: row.revision,
          packDigest: row.pack_digest,
          riskResultHash: row.risk_result_hash!,
        },
        by(voter),
      );
    }
    return changeId;
  }

  it('starts and ends the run of what was let through', async () => {
    const sha = newSha();
    const changeId = await approved(sha);
    const answer = await replica.gate.ask(gateFor(sha, 1), 'ci', by('ci'));
    expect(answer.verdict).toBe('allow');
    const run = await told({ sha, status: 'running' });
    expect(await observeDeployment(replica.deps, run)).toBe('allowed');
    expect((await changeOf(changeId)).state).toBe('implementing');
    await observeDeployment(replica.deps, run);
    await observeDeployment(replica.deps, { ...run, status: 'success' });
    expect((await changeOf(changeId)).state).toBe('implemented');
    const types = await db('cab_events')
      .where('change_id', changeId)
      .orderBy('seq')
      .pluck('type');
    expect(types.slice(-2)).toEqual(['deploy_started', 'deploy_succeeded']);
    expect(await rowOf(run.key)).toMatchObject({
      verdict: 'allowed',
      change_id: changeId,
      label: null,
    });
  });

  it('takes a start for the same that the pipeline told of before', async () => {
    const sha = newSha();
    const changeId = await approved(sha);
    const asked = gateFor(sha, 4);
    await replica.gate.ask(asked, 'ci', by('ci'));
    const { entityRef, environment, commitSha, stage, runUrl } = asked;
    await runStarted(
      replica.deps,
      { entityRef, environment, commitSha, stage, runUrl },
      { caller: 'ci', correlationId: 'observe' },
    );
    const later = (await databaseNow(db)) + 5;
    const run = await told({ sha, startedAt: later });
    expect(await observeDeployment(replica.deps, run)).toBe('allowed');
    expect((await changeOf(changeId)).state).toBe('implemented');
  });

  it('makes a failure of what failed', async () => {
    const sha = newSha();
    const changeId = await approved(sha);
    await replica.gate.ask(gateFor(sha, 2), 'ci', by('ci'));
    await observeDeployment(
      replica.deps,
      await told({ sha, status: 'failure' }),
    );
    expect((await changeOf(changeId)).state).toBe('failed');
    await reviewChange(
      replica.deps,
      changeId,
      { reason: 'The index was missing' },
      by(BOARD[3]),
    );
    expect((await changeOf(changeId)).state).toBe('closed');
  });

  it('makes one record of what nobody allowed, after it has waited, and tells delivery', async () => {
    await approved(newSha());
    const before = await unauthorized();
    const unasked = await told();
    expect(await observeDeployment(replica.deps, unasked)).toBe('waiting');
    await judgeWaiting(replica.deps);
    expect(await unauthorized()).toBe(before);
    await wait(unasked.key);
    await judgeWaiting(replica.deps);
    await judgeWaiting(replica.deps);
    await observeDeployment(replica.deps, unasked);
    expect(await unauthorized()).toBe(before + 1);
    const { change_id } = await rowOf(unasked.key);
    expect(await changeOf(change_id)).toMatchObject({
      state: 'unauthorized',
      entity_title: 'Shop',
      head_sha: unasked.sha,
      environment_class: 'production',
    });

    const labels: unknown[] = [];
    // It has no such deployment any more: that is not said again.
    const gone = Object.assign(new Error('It is gone'), { statusCode: 404 });
    const delivery = {
      setLabel: async (given: unknown) => {
        labels.push(given);
        if (labels.length === 1) throw new Error('Delivery is away');
        if (labels.length === 2) throw gone;
        return true;
      },
    } as unknown as DeliveryService;
    const deps = {
      cases: replica.deps,
      auth: mockServices.auth(),
      delivery,
      logger: mockServices.logger.mock(),
    };
    for (let turn = 0; turn < 3; turn++) await label(deps);
    const said = {
      key: unasked.key,
      source: 'cab',
      text: 'Nobody allowed this deployment',
      url: `http://localhost:3000/changes/${change_id}`,
    };
    expect(labels).toEqual([said, said]);

    // Only the board closes it, and none of the board who wrote it.
    const usual = replica.deps.facts;
    replica.deps.facts = async (question, now) => ({
      ...(await usual(question, now)),
      involved: [
        {
          duty: 'author',
          account: { provider: 'github.com', login: BOARD[0] },
        },
      ],
    });
    await expect(
      reviewChange(replica.deps, change_id!, { reason: 'It was me' }, by(SAM)),
    ).rejects.toThrow(/none of them/);
    await expect(
      reviewChange(
        replica.deps,
        change_id!,
        { reason: 'It was me' },
        by(BOARD[0]),
      ),
    ).rejects.toThrow(/had a part/);
    await reviewChange(
      replica.deps,
      change_id!,
      { reason: 'Talked to the team' },
      by(BOARD[1]),
    );
    expect((await changeOf(change_id)).state).toBe('closed');
  });

  it('waits for an allow that comes late', async () => {
    const sha = newSha();
    await approved(sha);
    const early = await told({ sha });
    expect(await observeDeployment(replica.deps, early)).toBe('waiting');
    await replica.gate.ask(gateFor(sha, 3), 'ci', by('ci'));
    await db('cab_allows').update({ at: early.startedAt! - 1 });
    await judgeWaiting(replica.deps);
    expect((await rowOf(early.key)).verdict).toBe('allowed');
  });

  it('raises nothing for practice, a sandbox, other environments, what was before, or who takes no part', async () => {
    await approved(newSha());
    const before = await unauthorized();
    const [{ at }] = await db('cab_events')
      .orderBy('seq')
      .limit(1)
      .select('at');
    const cases: Array<
      [Partial<ToldDeployment>, Participation, string | null]
    > = [
      [{ isSandbox: true }, 'enforce', 'production'],
      [{}, 'off', 'production'],
      [{}, 'enforce', 'staging'],
      [{ startedAt: Number(at) - 1 }, 'enforce', null],
    ];
    for (const [more, how, to] of cases) {
      participation = how;
      environmentClass = to as typeof environmentClass;
      const each = await told(more);
      expect(await observeDeployment(replica.deps, each)).toBe('free');
      await wait(each.key);
      // Other rules of later make nothing of it.
      participation = 'enforce';
      environmentClass = 'production';
      expect(await observeDeployment(replica.deps, each)).toBe('free');
    }
    await judgeWaiting(replica.deps);
    expect(await unauthorized()).toBe(before);
  });

  it('only counts a service that never heard of it, however often it ships', async () => {
    await approved(newSha());
    participation = 'observe';
    const entityRef = 'component:default/quiet';
    const entries = async () =>
      Number((await db('cab_log').count({ count: '*' }))[0].count);
    const before = [await unauthorized(), await entries()];
    for (let count = 0; count < 20; count++) {
      const each = await told({ entityRef });
      expect(await observeDeployment(replica.deps, each)).toBe('observed');
      await observeDeployment(replica.deps, each);
    }
    expect([await unauthorized(), await entries()]).toEqual(before);
    expect(
      await db('cab_answers')
        .where('entity_ref', entityRef)
        .select('code', 'count'),
    ).toEqual([{ code: 'DEPLOYED_UNASKED', count: 20 }]);
  });

  it('makes one record of it, whoever hears of it at the same time', async () => {
    await approved(newSha());
    const before = await unauthorized();
    const pools = isPostgres(db) ? [otherPool(db), otherPool(db)] : [];
    try {
      const hearing = (pools.length ? pools : [db, db]).map(replicaOn);
      for (let round = 0; round < 5; round++) {
        const each = await told();
        await observeDeployment(replica.deps, each);
        await wait(each.key);
        await Promise.all(
          [...hearing, ...hearing].map(({ deps }) =>
            observeDeployment(deps, each),
          ),
        );
      }
      expect(await unauthorized()).toBe(before + 5);
    } finally {
      for (const pool of pools) await pool.destroy();
    }
    expect(
      await verified(await wholeRecord(db, ORIGIN, 500), signer.verifierKey),
    ).toMatch(/fits|entries/i);
  });

  it('asks delivery what it is now, and reads on from where it was', async () => {
    await approved(newSha());
    const listed = {
      key: 'swept',
      service: 'component:default/shop',
      serviceTitle: 'Shop',
      environment: 'test',
      production: true,
      sandbox: false,
      status: 'success',
      startedAt: new Date(await databaseNow(db)).toISOString(),
      repositories: [{ repository: 'git.example/shop', sha: newSha() }],
      artifact: null,
    };
    const asked: unknown[] = [];
    const delivery = {
      deployments: async (question: { changedAfter?: string }) => {
        asked.push(question.changedAfter);
        return {
          items:
            question.changedAfter === '7'
              ? [listed]
              : [{ ...listed, key: 'old' }],
          changedCursor: question.changedAfter === undefined ? '7' : '8',
        };
      },
      deployment: async ({ key }: { key: string }) => ({
        deployment: { ...listed, key },
        repositories: listed.repositories,
        artifact: null,
      }),
    } as unknown as DeliveryService;
    const deps = {
      cases: replica.deps,
      auth: mockServices.auth(),
      delivery,
    };
    await sweep(deps);
    await sweep(deps);
    expect(asked).toEqual([undefined, '7']);
    expect(await rowOf('old')).toBeUndefined();
    expect((await rowOf('swept')).verdict).toBe('waiting');
    await hear(deps, 'heard');
    expect((await rowOf('heard')).verdict).toBe('waiting');
  });
});
