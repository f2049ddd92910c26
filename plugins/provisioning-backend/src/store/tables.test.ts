import { TestDatabases } from '@backstage/backend-test-utils';
import { schemaDifferences } from '@fawkes/kit-backend/sql';
import { hostTables } from '../host/store';
import { MIGRATIONS } from './database';
import { tables } from './tables';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('tables, %s', id => {
  it('are what migrations make: columns, nothing allowed, keys', async () => {
    const db = await databases.init(id);
    await db.migrate.latest({ directory: MIGRATIONS });
    const all = [...Object.values(tables), ...hostTables];
    expect(await schemaDifferences(db, all)).toEqual([]);
  });
});
