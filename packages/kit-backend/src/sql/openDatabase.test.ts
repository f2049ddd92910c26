import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { lock } from './lock';
import { openDatabase } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const MIGRATIONS = resolvePackagePath(
  '@fawkes/kit-backend',
  'src/sql/__fixtures__/migrations',
);

describe.each(databases.eachSupportedId())('openDatabase, %s', id => {
  it('brings tables up to date, and does it once', async () => {
    const client = await databases.init(id);
    const database = { getClient: async () => client };
    const db = await openDatabase(database, MIGRATIONS);
    await db('notes').insert({ id: 'a' });
    await openDatabase(database, MIGRATIONS);
    expect(await db('notes')).toEqual([{ id: 'a' }]);
    // A migration made the names to lock, and takes them away again.
    await db.transaction(tx => lock(tx, ['a'], 'alone'));
    await db.migrate.down({ directory: MIGRATIONS });
    for (const table of ['notes', 'locks']) {
      expect(await db.schema.hasTable(table)).toBe(false);
    }
  });

  it('leaves them alone where an operator migrates by hand', async () => {
    const client = await databases.init(id);
    const db = await openDatabase(
      { getClient: async () => client, migrations: { skip: true } },
      MIGRATIONS,
    );
    expect(await db.schema.hasTable('notes')).toBe(false);
  });
});
