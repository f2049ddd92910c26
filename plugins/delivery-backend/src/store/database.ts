import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Where the migrations of this plugin are. */
export const MIGRATIONS = resolvePackagePath(
  '@fawkes/backstage-plugin-delivery-backend',
  'migrations',
);

/** The plugin's database with its tables up to date. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const db = await database.getClient();
  if (!database.migrations?.skip) {
    await db.migrate.latest({ directory: MIGRATIONS });
  }
  return db;
}
