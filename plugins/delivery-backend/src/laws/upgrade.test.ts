import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { SETTINGS } from '../__testUtils__/arbitraries';
import type {
  MetricsResponse,
  QualityResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  goBack,
  goUpToBefore,
  makeBefore,
  MAPPERS_OF_BEFORE,
  SERVICES_OF_BEFORE,
  tellBefore,
} from '../__testUtils__/before';
import { createHarness, NOW, type Harness } from '../__testUtils__/harness';
import { rowsOf } from '../__testUtils__/snapshot';
import { isPostgres } from '@fawkes/kit-backend/sql';
import { canonicalJson } from '@fawkes/kit-contract';
import { rebuildIfChanged } from '../jobs/rebuildIfChanged';
import { upgradeFacts } from '../jobs/upgrade';
import { readQuality } from '../read/quality';
import { MIGRATIONS } from '../store/database';
import { isRebuilding } from '../store/rebuild';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Everything that facts and numbers are kept in. */
const TABLES = [
  'deployment_facts',
  'deployment_parts',
  'commits',
  'pull_requests',
  'pull_request_commits',
  'pushes',
  'push_commits',
  'push_edges',
  'incidents',
  'other_facts',
  'deployments',
  'deployment_members',
  'links',
  'incident_links',
  'frontier',
  'named_repositories',
  'service_facts',
  'rollup_service_days',
  'rollup_days',
  'rollup_months',
];

describe.each(databases.eachSupportedId())('an upgrade, %s', id => {
  let db: Knex;
  let fresh: Record<string, unknown>;

  const open = (on: Knex) => createHarness(on, SETTINGS, MAPPERS_OF_BEFORE);
  /** As a backend does when it starts. */
  const start = async (): Promise<Harness> => {
    const harness = await open(db);
    await rebuildIfChanged(db, harness.config, NOW);
    return harness;
  };
  const contextOf = (harness: Harness) => ({
    now: NOW,
    dayOf: () => '2026-06-01',
    mappers: MAPPERS_OF_BEFORE,
    logger: mockServices.logger.mock(),
    config: harness.config,
  });

  beforeAll(async () => {
    const own = await databases.init(id);
    const harness = await open(own);
    await tellBefore(own);
    await harness.settle();
    fresh = await everythingOf(harness);
  });
  beforeEach(async () => {
    db = await databases.init(id);
    await makeBefore(db);
  });

  it('ends where the same messages end that are told today', async () => {
    const harness = await start();
    expect(await isRebuilding(db)).toBe(true);
    await harness.settle();
    expect(await everythingOf(harness)).toEqual(fresh);
    expect(await isRebuilding(db)).toBe(false);
  });

  it('goes on where it was cut, in whatever state that left things', async () => {
    const harness = await start();
    const context = contextOf(harness);
    // Dies after some messages: their facts are told, nothing is derived.
    expect(await upgradeFacts(db, context, 7)).toBe(7);
    // Dies in the middle of some, when their facts are written: none is told.
    const facts = () => Promise.all(TABLES.map(table => rowsOf(db, table)));
    const told = await facts();
    const mend = await cutAtInbox(db);
    await expect(upgradeFacts(db, context, 100)).rejects.toThrow(/cut/);
    await mend();
    expect(await facts()).toEqual(told);
    expect(await isRebuilding(db)).toBe(true);

    const again = await start();
    await again.settle();
    expect(await everythingOf(again)).toEqual(fresh);
  });
  it('stays as it is where the inbox does not keep the message any more', async () => {
    // All but the tombstone of e4, which is told again without what it buries.
    await db('inbox').where('state', 'processed').delete();
    const harness = await start();
    await harness.settle();
    expect(await isRebuilding(db)).toBe(false);
    const facts = async (table: string, ...names: string[]) =>
      (await db(table).orderBy(names)).map(row => names.map(name => row[name]));
    const told = fresh.deployment_facts as Array<Record<string, unknown>>;
    expect((await facts('deployment_facts', 'ext_id')).flat()).toEqual(
      told.map(row => row.ext_id).sort(),
    );
    expect(await db('pushes')).toEqual([]);
    const { metrics } = await harness.metrics(SERVICES_OF_BEFORE);
    // Jobs of a run were told as deployments of their own, and are.
    const { metrics: today } = fresh.commit as MetricsResponse;
    expect(metrics.deploymentFrequency.deployments).toBe(
      today.deploymentFrequency.deployments + 1,
    );
    const quality = await qualityOf(harness);
    expect(quality.knownSince).toEqual({
      pushes: null,
      incidentEnvironments: null,
    });
  });

  it('says since when pushes and environments are known', async () => {
    // What was told first is kept no more.
    await db('inbox')
      .where('channel', 'github')
      .whereIn(
        'id',
        db('inbox')
          .where('channel', 'github')
          .orderBy('id')
          .limit(3)
          .select('id'),
      )
      .delete();
    const harness = await start();
    await harness.settle();
    const { knownSince } = await qualityOf(harness);
    const [{ pushes }] = await db('pushes').min({ pushes: 'occurred_at' });
    expect(knownSince.pushes).toBe(new Date(pushes).toISOString());
    expect(fresh.pushes).not.toHaveLength((await db('pushes')).length);
    expect(knownSince.incidentEnvironments).toBe('2026-06-07T10:20:00.000Z');
  });

  it('can be taken back, and made again', async () => {
    const plain = await databases.init(id);
    await goUpToBefore(plain);
    const harness = await start();
    await harness.settle();
    await goBack(db);
    expect(await columnsOf(db)).toEqual(await columnsOf(plain));
    // Facts are left as the release of before reads them.
    const states: Array<{ state: string }> = await db('deployment_facts')
      .where('known', 'deleted')
      .select('state');
    expect(states.map(({ state }) => JSON.parse(state).w.deleted)).toEqual([
      true,
    ]);
    expect(
      await db('links')
        .innerJoin('deployments', 'deployments.key', 'links.deployment_key')
        .whereRaw('links.environment <> deployments.environment'),
    ).toEqual([]);

    await db.migrate.latest({ directory: MIGRATIONS });

    const again = await start();
    await again.settle();
    expect(await everythingOf(again)).toEqual(fresh);
  });
});

/** What data quality says of all services. */
async function qualityOf({ db, config }: Harness): Promise<QualityResponse> {
  const services = SERVICES_OF_BEFORE.map(ref => ({
    ref,
    title: ref,
    owner: null,
    sample: false,
  }));
  return readQuality({ entities: [], services, single: false }, true, {
    db,
    config,
    now: NOW,
    visible: async refs => new Set(refs),
  });
}

/** Every column of every table, but for the books that knex keeps. */
async function columnsOf(db: Knex): Promise<string[]> {
  const names = isPostgres(db)
    ? await db('information_schema.tables')
        .whereRaw('table_schema = current_schema()')
        .pluck('table_name')
    : await db('sqlite_master').where('type', 'table').pluck('name');
  const columns: string[] = [];
  for (const name of names) {
    if (/^(knex|sqlite)_/.test(name)) continue;
    for (const [column, info] of Object.entries(await db(name).columnInfo())) {
      columns.push(`${name}.${column} ${info.type} ${info.nullable}`);
    }
  }
  return columns.sort();
}

/**
 * Nobody can write into the inbox from now on.
 *
 * @returns what ends that
 */
async function cutAtInbox(db: Knex): Promise<() => Promise<void>> {
  if (isPostgres(db)) {
    await db.raw(
      `create function cut() returns trigger language plpgsql
        as $$ begin raise exception 'cut'; end $$`,
    );
    await db.raw(
      'create trigger cut before update on inbox for each row execute function cut()',
    );
    return () => db.raw('drop trigger cut on inbox');
  }
  await db.raw(
    `create trigger cut before update on inbox begin select raise(abort, 'cut'); end`,
  );
  return () => db.raw('drop trigger cut');
}

/**
 * A state whatever was told first, and whichever release wrote it: before, a
 * tombstone was the record that won.
 */
function same(state: string): string {
  const { o, ...told } = JSON.parse(state);
  const { w, g = w, ...rest } = told;
  return canonicalJson(
    w?.deleted ? { ...rest, g } : { ...told, ...(o && { o }) },
  );
}

/** Rows and answers. */
async function everythingOf(
  harness: Harness,
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const table of TABLES) {
    const rows = await rowsOf(harness.db, table);
    found[table] = rows.map(row => {
      const { state, ...columns } = JSON.parse(row);
      return state ? { ...columns, state: same(state) } : columns;
    });
  }
  found.inbox = await harness
    .db('inbox')
    .orderBy('id')
    .select('id', 'state', 'path', 'reason');
  for (const unit of ['commit', 'pull_request'] as const) {
    found[unit] = await harness.metrics(SERVICES_OF_BEFORE, { unit });
  }
  return found;
}
