import { TestDatabases } from '@backstage/backend-test-utils';
import { tryMigrations } from '@fawkes/kit-backend-test';
import { join } from 'node:path';
import { hostTables } from './store';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const directory = join(__dirname, '../../migrations');

/** A value a column of a type holds. */
const valueOf = (name: string, column: string) => {
  if (column.startsWith('text')) return name === 'id' ? 'x' : '1';
  return column.startsWith('bool') ? true : 1;
};

describe.each(databases.eachSupportedId())(
  'tables of the local host, %s',
  databaseId => {
    it('go up, down with rows in them, and up again', async () => {
      const db = await databases.init(databaseId);
      const tried = tryMigrations(db, {
        directory,
        fill: async () => {
          for (const { name, columns } of hostTables) {
            await db(name).insert(
              Object.fromEntries(
                Object.entries(columns).map(([column, type]) => [
                  column,
                  valueOf(column, type as string),
                ]),
              ),
            );
          }
        },
        read: () =>
          Promise.all(hostTables.map(({ name }) => db(name).select())),
      });
      await expect(tried).resolves.toBeUndefined();
    });
  },
);
