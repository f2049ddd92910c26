import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/**
 * A plugin's database with its tables up to date.
 *
 * @param directory - where the plugin's migrations are
 * @public
 */
export async function openDatabase(
  database: DatabaseService,
  directory: string,
): Promise<Knex> {
  const db = await database.getClient();
  if (!database.migrations?.skip) await db.migrate.latest({ directory });
  return db;
}
