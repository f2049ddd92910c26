import { randomBytes } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import { isPostgres } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import {
  askedFor,
  BOARD,
  createReplica,
  otherPool,
} from '../__testUtils__/replica';
import { changeOf } from '../read/change';
import { Signer } from '../record/signer';
import { MIGRATIONS } from '../store/database';
import type { ChangeRow } from '../store/tables';
import { createChange, editChange, submitChange } from './asking';
import { tickClocks, withdrawUntouched, type ClockDeps } from './clocks';
import { castVoteOn } from './deciding';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HOUR = 3_600_000;
const SAM = 'user:default/sam';
const by = (actor: string) => ({ actor, correlationId: 'clock' });

describe.each(databases.eachSupportedId())('clocks, %s', id => {
  const { signer } = Signer.made('clock.example/cab');
  let db: Knex;
  let deps: ClockDeps;
  let told: Array<{ to: unknown; description?: string }>;

  beforeAll(async () => {
    db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
    if (!isPostgres(db)) await db.raw('pragma recursive_triggers = on');
  });
  beforeEach(async () => {
    told = [];
    deps = depsOn(db);
    // What an earlier test left waits for nobody here.
    await db('cab_changes').update({ review_since: null });
  });

  function depsOn(pool: Knex): ClockDeps {
    const { deps: cases } = createReplica(pool, signer);
    cases.config.groups.escalation = 'group:default/heads';
    return {
      ...cases,
      notifications: {
        send: async ({ recipients, payload }) => {
          const { entityRef } = recipients as { entityRef: unknown };
          told.push({ to: entityRef, description: payload.description });
        },
      },
    };
  }

  const rowOf = (changeId: string): Promise<ChangeRow> =>
    db('cab_changes').where('id', changeId).first();
  async function asked(type: 'normal' | 'emergency' = 'normal') {
    const body = { ...askedFor(randomBytes(20).toString('hex')), type };
    if (type === 'emergency') {
      const usual = deps.directory.person;
      deps.directory = {
        ...deps.directory,
        person: async ref => ({
          ...(await usual(ref))!,
          ...(ref === SAM && { groups: ['group:default/shopping'] }),
        }),
      };
    }
    const changeId = await createChange(deps, body, by(SAM));
    await submitChange(deps, changeId, { revision: 1 }, by(SAM));
    return changeId;
  }
  /** Time goes by for one that is in review. */
  async function pass(changeId: string, hours: number) {
    const { review_since } = await rowOf(changeId);
    await db('cab_changes')
      .where('id', changeId)
      .update({ review_since: review_since! - hours * HOUR });
  }
  const eventsOf = (changeId: string): Promise<string[]> =>
    db('cab_events').where('change_id', changeId).orderBy('seq').pluck('type');

  it('reminds once, asks others once, puts off, and approves nothing', async () => {
    const changeId = await asked();
    expect(await tickClocks(deps)).toBe(0);
    await pass(changeId, 25);
    expect([await tickClocks(deps), await tickClocks(deps)]).toEqual([1, 0]);
    expect(told).toEqual([
      { to: ['group:default/board'], description: 'It waits for a decision' },
    ]);
    await pass(changeId, 24);
    expect([await tickClocks(deps), await tickClocks(deps)]).toEqual([1, 0]);
    const late = await changeOf(deps, await rowOf(changeId), undefined);
    expect(late).toMatchObject({
      state: 'board_review',
      requirement: {
        pool: ['group:default/board', 'group:default/heads'],
        min: 2,
        escalated: true,
      },
      clock: { escalatesAt: null },
    });
    await pass(changeId, 48);
    await tickClocks(deps);
    expect((await rowOf(changeId)).state).toBe('deferred');
    expect(told.at(-1)!.to).toEqual([SAM]);
    expect(await tickClocks(deps)).toBe(0);
    expect((await eventsOf(changeId)).slice(-2)).toEqual([
      'clock_due',
      'defer',
    ]);

    // Taken up again it has its time again.
    await submitChange(deps, changeId, { revision: 1 }, by(SAM));
    expect(await tickClocks(deps)).toBe(0);
    expect((await rowOf(changeId)).state).toBe('board_review');
  });

  it('puts no emergency off, and asks again and again', async () => {
    const changeId = await asked('emergency');
    for (let turn = 0; turn < 6; turn++) {
      await pass(changeId, 0.5);
      await tickClocks(deps);
    }
    expect((await rowOf(changeId)).state).toBe('board_review');
    expect(
      (await eventsOf(changeId)).filter(type => type === 'clock_due').length,
    ).toBeGreaterThan(3);
  });

  it('stands still while nobody is asked', async () => {
    const changeId = await asked();
    await pass(changeId, 23);
    await editChange(
      deps,
      changeId,
      { revision: 1, title: 'Mend it well', description: '', window: null },
      by(SAM),
    );
    const row = await rowOf(changeId);
    expect(row.state).toBe('board_review');
    expect(row.review_used).toBeGreaterThanOrEqual(23 * HOUR);
    expect(await tickClocks(deps)).toBe(0);
    await pass(changeId, 1.1);
    expect(await tickClocks(deps)).toBe(1);
  });

  it('takes each step once, whoever looks; a vote at the same time counts or is told', async () => {
    const pools = isPostgres(db) ? [otherPool(db), otherPool(db)] : [db, db];
    try {
      for (let round = 0; round < 4; round++) {
        const changeId = await asked();
        await db('cab_changes').where('id', changeId).update({ clock_step: 2 });
        await pass(changeId, 97);
        const row = await rowOf(changeId);
        const vote = (voter: string, pool: Knex) =>
          castVoteOn(
            depsOn(pool),
            changeId,
            {
              decision: 'approve',
              revision: 1,
              packDigest: row.pack_digest,
              riskResultHash: row.risk_result_hash!,
            },
            by(voter),
          ).catch(error => error);
        await vote(BOARD[0], db);
        await Promise.all([
          tickClocks(depsOn(pools[0])),
          tickClocks(depsOn(pools[1])),
          vote(BOARD[1], pools[0]),
        ]);
        const { state } = await rowOf(changeId);
        const types = await eventsOf(changeId);
        expect(['approved', 'deferred']).toContain(state);
        // Never both, and never twice.
        expect(
          types.filter(type => type === 'defer' || type === 'quorum_met'),
        ).toHaveLength(1);
      }
    } finally {
      if (isPostgres(db)) for (const pool of pools) await pool.destroy();
    }
  });

  it('goes on where nobody can be told', async () => {
    const changeId = await asked();
    await pass(changeId, 25);
    deps.notifications = {
      send: async () => {
        throw new Error('There are no notifications here');
      },
    };
    expect(await tickClocks(deps)).toBe(1);
    expect((await rowOf(changeId)).clock_step).toBe(1);
  });

  it('ends what nobody touched for 30 days', async () => {
    const draft = await createChange(
      deps,
      askedFor(randomBytes(20).toString('hex')),
      by(SAM),
    );
    const other = await createChange(
      deps,
      askedFor(randomBytes(20).toString('hex')),
      by(SAM),
    );
    const age = (changeId: string) => async () => {
      await db('cab_changes')
        .where('id', changeId)
        .update({ created_at: Date.now() - 31 * 24 * HOUR });
    };
    await age(draft)();
    await age(other)();
    await db('cab_events')
      .where('change_id', draft)
      .update({ at: Date.now() - 31 * 24 * HOUR });
    await withdrawUntouched(deps);
    expect((await rowOf(draft)).state).toBe('withdrawn');
    expect((await rowOf(other)).state).toBe('draft');
  });
});
