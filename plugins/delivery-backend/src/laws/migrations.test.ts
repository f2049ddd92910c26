import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { MAPPINGS, SETTINGS, world } from '../__testUtils__/arbitraries';
import { createHarness } from '../__testUtils__/harness';
import { differences, takeSnapshot } from '../__testUtils__/snapshot';
import { MIGRATIONS } from '../store/database';
import { isPostgres, rawRows } from '../store/dialect';

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
