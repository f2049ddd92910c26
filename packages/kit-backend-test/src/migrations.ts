import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';

/** What a family tells about its migrations. @public */
export interface TriedMigrations {
  /** Where the migrations lie, as an absolute path. */
  directory: string;
  /** Fills a migrated database with rows in every state. */
  fill(db: Knex): Promise<void>;
  /** Everything that has to be the same after another round. */
  read(db: Knex): Promise<unknown>;
}

/**
 * Takes migrations up, all the way down with data in the tables, and up again.
 *
 * @throws Error when something is left behind, or the second round ends elsewhere
 * @public
 */
export async function tryMigrations(
  db: Knex,
  { directory, fill, read }: TriedMigrations,
): Promise<void> {
  const round = async () => {
    await db.migrate.latest({ directory });
    await fill(db);
    return read(db);
  };
  const first = await round();
  await db.migrate.latest({ directory });
  if (!isDeepStrictEqual(await read(db), first)) {
    throw new Error('Migrating what is migrated changes something');
  }
  await db.migrate.rollback({ directory }, true);
  const left = await tablesOf(db);
  if (left.length > 0) {
    throw new Error(`Tables are left after going down: ${left.join(', ')}`);
  }
  if (!isDeepStrictEqual(await round(), first)) {
    throw new Error('Going up again ends elsewhere');
  }
  await db.migrate.rollback({ directory }, true);
}

async function tablesOf(db: Knex): Promise<string[]> {
  const sqlite = db.client.config.client.includes('sqlite');
  const names: string[] = sqlite
    ? await db('sqlite_master').where('type', 'table').pluck('name')
    : await db('information_schema.tables')
        .whereRaw('table_schema = current_schema()')
        .pluck('table_name');
  return names.filter(name => !/^(knex_migrations|sqlite_)/.test(name));
}
