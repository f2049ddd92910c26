import { TestDatabases } from '@backstage/backend-test-utils';
import { isPostgres, rawRows } from '@fawkes/kit-backend/sql';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { MAPPINGS, SETTINGS, world } from '../__testUtils__/arbitraries';
import { createHarness, sha } from '../__testUtils__/harness';
import { differences, takeSnapshot } from '../__testUtils__/snapshot';
import { MIGRATIONS } from '../store/database';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
/** Always the same worlds: this is about tables, not about what is in them. */
const events = fc.sample(world, { numRuns: 5, seed: 20_261_121 }).flat();

describe.each(databases.eachSupportedId())('migrations, %s', id => {
  it('go up, down and up again, with data in every state', async () => {
    const db = await databases.init(id);
    const harness = await createHarness(db, SETTINGS);
    const fill = async () => {
      await harness.map(...MAPPINGS);
      await harness.tell([...events, { type: 'nonsense' }]);
      await harness.settle();
      return takeSnapshot(harness);
    };
    const before = await fill();
    expect(before.deployments.length).toBeGreaterThan(0);
    // A restart finds nothing to do and changes nothing.
    await db.migrate.latest({ directory: MIGRATIONS });
    expect(differences(before, await takeSnapshot(harness))).toEqual([]);
    // A backend that dies half-way leaves work waiting; that goes down too.
    await harness.tell(events.map(event => ({ ...event, id: 'another' })));

    await db.migrate.rollback({ directory: MIGRATIONS }, true);
    expect(await tablesOf(db)).toEqual([]);

    await db.migrate.latest({ directory: MIGRATIONS });
    expect(differences(before, await fill())).toEqual([]);
  });
});

describe.each(databases.eachSupportedId())('incidents of before, %s', id => {
  it('keep the service their sender said', async () => {
    const db = await databases.init(id);
    const up = (name: string) =>
      db.migrate.up({ directory: MIGRATIONS, name } as Knex.MigratorConfig);
    const incident = (key: string, fields: object) => ({
      fact_key: key,
      state: '{}',
      known: 'known',
      source: 'pager',
      ext_id: key,
      opened_at: 1,
      ...fields,
    });
    const services = async () =>
      (await db('incidents').orderBy('fact_key')).map(row => row.service);

    await up('20261121000000_init.js');
    await db('incidents').insert([
      incident('a', { service: 'component:default/shop' }),
      incident('b', { service: null }),
    ]);
    await up('20261128000000_incident_repository.js');
    expect(
      (await db('incidents').orderBy('fact_key')).map(row => row.sent_service),
    ).toEqual(['component:default/shop', null]);

    // One whose service was found goes back to what its sender said: nothing.
    await db('incidents').insert(
      incident('c', {
        service: 'component:default/cart',
        repository: 'github.com/acme/cart',
      }),
    );
    await db.migrate.down({ directory: MIGRATIONS });
    expect(await services()).toEqual(['component:default/shop', null, null]);
    expect(Object.keys(await db('incidents').first())).not.toContain(
      'repository',
    );
  });
});

describe.each(databases.eachSupportedId())('parts of before, %s', id => {
  it('know when their deployment was', async () => {
    const db = await databases.init(id);
    const up = (name: string) =>
      db.migrate.up({ directory: MIGRATIONS, name } as Knex.MigratorConfig);
    await up('20261121000000_init.js');
    await up('20261128000000_incident_repository.js');
    await up('20261128010000_judge_from.js');
    const fact = (key: string, instants: object) => ({
      fact_key: key,
      state: '{}',
      known: 'known',
      source: 'ci',
      ext_id: key,
      service: '',
      environment: 'production',
      occurred_at: 1,
      ...instants,
    });
    await db('deployment_facts').insert([
      fact('a', { started_at: 2, finished_at: 3 }),
      fact('b', { started_at: 2, finished_at: null }),
      fact('c', { started_at: null, finished_at: null }),
    ]);
    await db('deployment_parts').insert(
      ['a', 'b', 'c'].map(key => ({
        fact_key: key,
        position: 0,
        repository: 'github.com/acme/shop',
      })),
    );
    await up('20261128020000_parts_at.js');
    const rows = await db('deployment_parts').orderBy('fact_key');
    expect(rows.map(({ at }) => at)).toEqual([3, 2, 1]);
  });
});

describe.each(databases.eachSupportedId())('days of before, %s', id => {
  it('have their months, as if these had always been kept', async () => {
    const db = await databases.init(id);
    const harness = await createHarness(db, SETTINGS);
    await harness.map(...MAPPINGS);
    await harness.tell(events);
    await harness.settle();
    const rows = (table: string, ...order: string[]) =>
      db(table).orderBy(order).select('*');
    const days = await rows('rollup_days', 'unit', 'day');
    const months = await rows('rollup_months', 'unit', 'month');
    expect(months.length).toBeGreaterThan(2);

    while ((await tablesOf(db)).includes('rollup_months')) {
      await db.migrate.down({ directory: MIGRATIONS });
    }
    await db.migrate.latest({ directory: MIGRATIONS });
    expect(await rows('rollup_days', 'unit', 'day')).toEqual(days);
    expect(
      (await rows('rollup_months', 'unit', 'month')).map(month => ({
        ...month,
        tally: JSON.parse(month.tally),
      })),
    ).toEqual(
      months.map(month => ({ ...month, tally: JSON.parse(month.tally) })),
    );
  });
});

describe.each(databases.eachSupportedId())('names of before, %s', id => {
  it('are forgotten on the way down, and told again by the inbox', async () => {
    const db = await databases.init(id);
    const harness = await createHarness(db);
    const [old, now] = ['github.com/acme/store', 'github.com/acme/shop'];
    const at = (day: number) => `2026-06-0${day}T08:00:00.000Z`;
    const told = (fields: object, day: number) => ({
      ...{ type: 'change', source: 'git', id: `${day}`, occurredAt: at(day) },
      ...fields,
    });
    const commit = (name: number, repository: string) => ({
      ...{ kind: 'commit', repository, sha: sha(name), parents: [] },
      ...{ authoredAt: at(1), committedAt: at(1) },
      botName: 'renovate[bot]',
    });
    await harness.tell([
      told(commit(1, old), 1),
      told(commit(2, old), 1),
      told(commit(2, now), 2),
      told(
        {
          ...{ kind: 'push', repository: old, ref: 'refs/heads/main' },
          ...{ after: sha(2), created: true, commits: [sha(2)] },
        },
        1,
      ),
      told({ kind: 'repository', repository: now, formerly: old }, 3),
    ]);
    await harness.settle();
    const kept = async () => {
      const rows = await db('commits').orderBy(['repository', 'sha']);
      return rows.map(row => [row.repository, row.sha, row.bot_name]);
    };
    const joined = [
      [now, sha(1), 'renovate[bot]'],
      [now, sha(2), 'renovate[bot]'],
    ];
    expect(await kept()).toEqual(joined);

    const [made] = await db.migrate.list({ directory: MIGRATIONS });
    const names: string[] = made.map(({ name }: { name: string }) => name);
    const since = names.indexOf('20261215000000_names_and_bots.js');
    for (const name of names.slice(since).reverse()) {
      await db.migrate.down({ directory: MIGRATIONS, name });
    }
    const states: string[] = [
      ...(await db('commits').pluck('state')),
      ...(await db('pushes').pluck('state')),
    ];
    expect(states).toHaveLength(3);
    for (const state of states) {
      expect(Object.keys(JSON.parse(state))).toEqual(['m']);
      expect(Object.keys(JSON.parse(state).m)).toEqual(['git']);
    }
    expect(await db('other_facts')).toEqual([]);
    expect(await kept()).toEqual(
      joined.map(([name, one]) => [name, one, undefined]),
    );

    await db.migrate.latest({ directory: MIGRATIONS });
    expect((await kept()).map(([, , bot]) => bot)).toEqual([null, null]);
    await harness.settle();
    expect(await kept()).toEqual(joined);
    expect(await db('repository_names')).toHaveLength(1);
  });
});

/** Tables besides those knex keeps its own books in. */
async function tablesOf(db: Knex): Promise<string[]> {
  const rows = await rawRows<{ name: string }>(
    db,
    isPostgres(db)
      ? `select tablename as name from pg_tables where schemaname = current_schema()`
      : `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
    [],
  );
  return rows
    .map(({ name }) => name)
    .filter(name => !name.startsWith('knex_migrations'));
}
