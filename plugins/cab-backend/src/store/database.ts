import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { isPostgres, rawRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';

/** Where the migrations are. */
export const MIGRATIONS = resolvePackagePath(
  '@fawkes/backstage-plugin-cab-backend',
  'migrations',
);

const NOW_POSTGRES = `select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now`;
const NOW_SQLITE = `select cast(unixepoch('subsec') * 1000 as integer) as now`;

/**
 * The clock of the database, in whole ms: replicas agree on it, whatever their
 * own clocks say.
 */
export async function databaseNow(db: Knex): Promise<number> {
  const sql = isPostgres(db) ? NOW_POSTGRES : NOW_SQLITE;
  const [row] = await rawRows<{ now: number }>(db, sql, []);
  return Math.floor(Number(row.now));
}
