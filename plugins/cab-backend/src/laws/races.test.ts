import { randomBytes } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Binding, RecordBody } from '@fawkes/backstage-plugin-cab-common';
import { isPostgres } from '@fawkes/kit-backend/sql';
import { wordsOfError } from '@fawkes/kit-contract';
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
import { roundsOf } from '@fawkes/kit-backend-test';
import { createChange, editChange, submitChange } from '../cases/asking';
import { castVoteOn, withdrawVote } from '../cases/deciding';
import { expireApprovals, revokeChange, withdrawChange } from '../cases/ending';
import { Signer } from '../record/signer';
import { MIGRATIONS } from '../store/database';
import type { ChangeRow } from '../store/tables';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const SUBMITTER = 'user:default/sam';
const by = (actor: string) => ({ actor, correlationId: 'race' });

/** A database, and as many processes at work on it. */
const WORLDS = databases
  .eachSupportedId()
  .flatMap(([id]) =>
    (id === 'SQLITE_3' ? [1] : [1, 2]).map(count => ({ id, count })),
  );

describe.each(WORLDS)('races, $id, replicas: $count', ({ id, count }) => {
  const { rounds, timeout } = roundsOf(4);
  const { signer } = Signer.made('race.example/cab');
  let db: Knex;
  let pools: Knex[];
  let replicas: Replica[];

  beforeAll(async () => {
    db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
    if (!isPostgres(db)) await db.raw('pragma recursive_triggers = on');
    pools = count === 1 ? [] : [otherPool(db), otherPool(db)];
    replicas = (count === 1 ? [db, db] : pools).map(pool =>
      createReplica(pool, signer),
    );
  });

  afterAll(async () => {
    for (const pool of pools) await pool.destroy();
  });

  const rowOf = async (changeId: string): Promise<ChangeRow> =>
    db('cab_changes').where('id', changeId).first();
  const bindingOf = (row: ChangeRow): Binding => ({
    revision: row.revision,
    packDigest: row.pack_digest,
    riskResultHash: row.risk_result_hash!,
  });
  const entriesOf = async (changeId: string): Promise<RecordBody[]> => {
    const seqs = db('cab_events').where('change_id', changeId).select('seq');
    const rows = await db('cab_log').whereIn('seq', seqs).orderBy('seq');
    return rows.map(({ body }) => JSON.parse(body));
  };
  const asked = async () => {
    const [{ deps }] = replicas;
    const headSha = randomBytes(20).toString('hex');
    const changeId = await createChange(deps, askedFor(headSha), by(SUBMITTER));
    await submitChange(deps, changeId, { revision: 1 }, by(SUBMITTER));
    return { changeId, headSha, binding: bindingOf(await rowOf(changeId)) };
  };
  const vote = (
    replica: number,
    changeId: string,
    binding: Binding,
    userRef: string,
  ) =>
    castVoteOn(
      replicas[replica].deps,
      changeId,
      { decision: 'approve', ...binding },
      by(userRef),
    );
  const approved = async () => {
    const change = await asked();
    await vote(0, change.changeId, change.binding, BOARD[0]);
    await vote(0, change.changeId, change.binding, BOARD[1]);
    return change;
  };
  /** Codes of what was refused; anything else than a refusal is a fault. */
  const refusals = (told: PromiseSettledResult<unknown>[]) =>
    told.flatMap(each => {
      if (each.status === 'fulfilled') return [];
      const words = wordsOfError(each.reason);
      if (!words) throw each.reason;
      return [words.code];
    });
  /** What the record has of approvals that were none; nothing, when all is well. */
  async function doubleApprovals(): Promise<string[]> {
    const rows: Array<{ body: string }> = await db('cab_log')
      .orderBy('seq')
      .select('body');
    const faults: string[] = [];
    const met = new Set<string>();
    const open = new Map<string, boolean>();
    for (const { body } of rows) {
      const { changeId, type, data }: RecordBody = JSON.parse(body);
      if (type === 'quorum_met') {
        const key = `${changeId} ${data.revision} ${data.riskResultHash}`;
        if (met.has(key)) faults.push(`${key} was approved twice`);
        met.add(key);
        if (new Set(data.voters as string[]).size < 2) {
          faults.push(`${key} was approved by too few`);
        }
        open.set(changeId!, true);
      } else if (data.from !== data.to) {
        open.set(changeId!, false);
      } else if (data.verdict === 'allow' && !open.get(changeId!)) {
        faults.push(`${changeId} was allowed without an approval`);
      }
    }
    return faults;
  }
  const many = async (round: () => Promise<void>) => {
    for (let done = 0; done < rounds; done++) await round();
  };

  it(
    'two approvers reach the quorum together: it is met once',
    () =>
      many(async () => {
        const { changeId, binding } = await asked();
        const told = await Promise.allSettled(
          BOARD.map((userRef, index) =>
            vote(index % 2, changeId, binding, userRef),
          ),
        );
        expect(refusals(told).every(code => code === 'vote.after')).toBe(true);
        expect(
          told.filter(({ status }) => status === 'fulfilled'),
        ).toHaveLength(2);
        expect((await rowOf(changeId)).state).toBe('approved');
        const types = (await entriesOf(changeId)).map(({ type }) => type);
        expect(types.filter(type => type === 'quorum_met')).toHaveLength(1);
        expect(types.filter(type => type === 'vote_approve')).toHaveLength(2);
      }),
    timeout,
  );

  it(
    'votes against a new revision: none of the old ones counts',
    () =>
      many(async () => {
        const { changeId, binding } = await asked();
        const told = await Promise.allSettled([
          vote(0, changeId, binding, BOARD[0]),
          vote(1, changeId, binding, BOARD[1]),
          editChange(
            replicas[1].deps,
            changeId,
            { revision: 1, title: 'Another', description: '', window: null },
            by(SUBMITTER),
          ),
        ]);
        expect(told[2].status).toBe('fulfilled');
        expect(refusals(told).every(code => code === 'EVIDENCE_CHANGED')).toBe(
          true,
        );
        const row = await rowOf(changeId);
        expect(row).toMatchObject({
          state: 'board_review',
          revision: 2,
          round: 2,
        });
        expect(
          await db('cab_votes').where({ change_id: changeId, state: 'live' }),
        ).toEqual([]);
      }),
    timeout,
  );

  it(
    'one person votes from two tabs: one vote',
    () =>
      many(async () => {
        const { changeId, binding } = await asked();
        const told = await Promise.allSettled(
          [0, 1, 0, 1].map(replica =>
            vote(replica, changeId, binding, BOARD[0]),
          ),
        );
        expect(refusals(told)).toEqual([]);
        expect(await db('cab_votes').where('change_id', changeId)).toHaveLength(
          1,
        );
        expect(await rowOf(changeId)).toMatchObject({ state: 'board_review' });
        expect(
          (await entriesOf(changeId)).filter(
            ({ type }) => type === 'vote_approve',
          ),
        ).toHaveLength(1);
      }),
    timeout,
  );

  it(
    'a vote is taken back while another one would decide: nobody is counted who took it back',
    () =>
      many(async () => {
        const { changeId, binding } = await asked();
        await vote(0, changeId, binding, BOARD[0]);
        const told = await Promise.allSettled([
          withdrawVote(replicas[0].deps, changeId, by(BOARD[0])),
          vote(1, changeId, binding, BOARD[1]),
        ]);
        expect(told[1].status).toBe('fulfilled');
        const isTaken = told[0].status === 'fulfilled';
        expect(refusals(told)).toEqual(isTaken ? [] : ['ILLEGAL_TRANSITION']);
        expect((await rowOf(changeId)).state).toBe(
          isTaken ? 'board_review' : 'approved',
        );
      }),
    timeout,
  );

  it(
    'an approval is revoked while pipelines ask: nothing is allowed afterwards',
    () =>
      many(async () => {
        const { changeId, headSha } = await approved();
        const told = await Promise.all([
          ...Array.from({ length: 6 }, (_, run) =>
            replicas[run % 2].gate.ask(
              gateFor(headSha, run),
              'ci',
              by('service:ci'),
            ),
          ),
          revokeChange(
            replicas[1].deps,
            changeId,
            { reason: 'Not this one' },
            by(BOARD[2]),
          ).then(() => undefined),
          ...Array.from({ length: 6 }, (_, run) =>
            replicas[run % 2].gate.ask(
              gateFor(headSha, 10 + run),
              'ci',
              by('service:ci'),
            ),
          ),
        ]);
        const entries = await entriesOf(changeId);
        const revoked = entries.findIndex(({ type }) => type === 'revoke');
        const verdicts = entries
          .slice(revoked)
          .filter(({ type }) => type === 'gate_asked')
          .map(({ data }) => data.verdict);
        expect(verdicts.every(verdict => verdict === 'deny')).toBe(true);
        expect(
          await db('cab_allows')
            .where('change_id', changeId)
            .whereNull('cancelled_at'),
        ).toEqual([]);
        // What was answered is what the record says, and each is in it once.
        const answered = told.flatMap(answer =>
          answer ? [answer.verdict] : [],
        );
        const recorded = entries
          .filter(({ type }) => type === 'gate_asked')
          .map(({ data }) => data.verdict);
        expect([...recorded].sort()).toEqual([...answered].sort());
      }),
    timeout,
  );

  it(
    'an approval ends while pipelines ask: nothing is allowed afterwards',
    () =>
      many(async () => {
        const { changeId, headSha } = await approved();
        await db('cab_changes').where('id', changeId).update({ expires_at: 1 });
        const answers = await Promise.all([
          replicas[0].gate.ask(gateFor(headSha, 1), 'ci', by('service:ci')),
          expireApprovals(replicas[1].deps, by('system:test')).then(
            () => undefined,
          ),
          replicas[1].gate.ask(gateFor(headSha, 2), 'ci', by('service:ci')),
        ]);
        expect(
          answers.every(
            answer => answer === undefined || answer.verdict === 'deny',
          ),
        ).toBe(true);
        const entries = await entriesOf(changeId);
        expect(
          entries.filter(({ type }) => type === 'approval_expired'),
        ).toHaveLength(1);
      }),
    timeout,
  );

  it(
    'a withdrawal meets the vote that would decide: it ends withdrawn',
    () =>
      many(async () => {
        const { changeId, binding } = await asked();
        await vote(0, changeId, binding, BOARD[0]);
        const told = await Promise.allSettled([
          vote(0, changeId, binding, BOARD[1]),
          withdrawChange(
            replicas[1].deps,
            changeId,
            { reason: 'No longer' },
            by(SUBMITTER),
          ),
        ]);
        expect(refusals(told).every(code => code === 'vote.not_now')).toBe(
          true,
        );
        expect(told[1].status).toBe('fulfilled');
        expect(await rowOf(changeId)).toMatchObject({
          state: 'withdrawn',
          twin_key: null,
        });
      }),
    timeout,
  );

  it(
    'the same is asked for twice at one instant: there is one',
    () =>
      many(async () => {
        const headSha = randomBytes(20).toString('hex');
        const told = await Promise.allSettled(
          [0, 1, 0, 1].map(replica =>
            createChange(
              replicas[replica].deps,
              askedFor(headSha),
              by(SUBMITTER),
            ),
          ),
        );
        expect(refusals(told)).toEqual(Array(3).fill('change.twin'));
        expect(await db('cab_changes').where('head_sha', headSha)).toHaveLength(
          1,
        );
      }),
    timeout,
  );

  it(
    'two tabs submit it: it is asked about once',
    () =>
      many(async () => {
        const headSha = randomBytes(20).toString('hex');
        const [{ deps }] = replicas;
        const changeId = await createChange(
          deps,
          askedFor(headSha),
          by(SUBMITTER),
        );
        const told = await Promise.allSettled(
          [0, 1].map(replica =>
            submitChange(
              replicas[replica].deps,
              changeId,
              { revision: 1 },
              by(SUBMITTER),
            ),
          ),
        );
        expect(refusals(told)).toEqual(['ILLEGAL_TRANSITION']);
        expect(await rowOf(changeId)).toMatchObject({
          state: 'board_review',
          round: 1,
        });
      }),
    timeout,
  );

  it('a process that dies between the record and its projection leaves neither', async () => {
    const { changeId, binding } = await asked();
    const before = await entriesOf(changeId);
    const { size } = (await db('cab_log').max({ size: 'seq' }).first()) as {
      size: number;
    };
    const [{ deps }] = replicas;
    const dying = (work: (tx: Knex.Transaction) => Promise<unknown>) =>
      deps.db.transaction(async tx => {
        await work(tx);
        throw new Error('The process has died');
      });
    const broken = {
      ...deps,
      db: new Proxy(deps.db, {
        get: (target, key) =>
          key === 'transaction' ? dying : Reflect.get(target, key),
      }),
    };
    await expect(
      castVoteOn(
        broken,
        changeId,
        { decision: 'approve', ...binding },
        by(BOARD[0]),
      ),
    ).rejects.toThrow('The process has died');
    expect(await entriesOf(changeId)).toEqual(before);
    expect(
      (await db('cab_log').max({ size: 'seq' }).first()) as unknown,
    ).toEqual({ size });
    expect(await db('cab_votes').where('change_id', changeId)).toEqual([]);
    await vote(0, changeId, binding, BOARD[0]);
  });

  it('whatever happened: nothing was approved twice, and the record holds together', async () => {
    expect(await doubleApprovals()).toEqual([]);
    await replicas[0].deps.checkpointer.checkpoint();
    const lines = await wholeRecord(db, signer.name, 1_000);
    expect(await verified(lines, signer.verifierKey)).toMatch(/^OK /);
    for (const { errors } of replicas) expect(errors).toEqual([]);
  });
});
