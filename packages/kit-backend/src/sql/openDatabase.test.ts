import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { openDatabase } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('openDatabase, %s', id => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kit-migrations-'));
    await writeFile(
      join(directory, '20260101000000_init.js'),
      `exports.up = knex => knex.schema.createTable('notes', t => { t.string('id').primary(); });
       exports.down = knex => knex.schema.dropTable('notes');`,
    );
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('brings tables up to date, and does it once', async () => {
    const client = await databases.init(id);
    const database = { getClient: async () => client };
    const db = await openDatabase(database, directory);
    await db('notes').insert({ id: 'a' });
    await openDatabase(database, directory);
    expect(await db('notes')).toEqual([{ id: 'a' }]);
  });

  it('leaves them alone where an operator migrates by hand', async () => {
    const client = await databases.init(id);
    const db = await openDatabase(
      { getClient: async () => client, migrations: { skip: true } },
      directory,
    );
    expect(await db.schema.hasTable('notes')).toBe(false);
  });
});
