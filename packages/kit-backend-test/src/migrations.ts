import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';

/** What a family tells about its migrations. @public */
export interface TriedMigrations {
  /** Where the migrations lie, as an absolute path. */
  directory: string;
  /** Fills a migrated database with rows in every state. */
  fill(db: Knex): Promise<void>;
  /**
   * Everything that has to be the same after another round; lists of rows in any
   * order, because a database gives them in the one it likes.
   */
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
    return inAnyOrder(await read(db));
  };
  const first = await round();
  await db.migrate.latest({ directory });
  const still = inAnyOrder(await read(db));
  if (!isDeepStrictEqual(still, first)) {
    throw new Error(
      `Migrating what is migrated changes something: ${apart(first, still)}`,
    );
  }
  await db.migrate.rollback({ directory }, true);
  const left = await tablesOf(db);
  if (left.length > 0) {
    throw new Error(`Tables are left after going down: ${left.join(', ')}`);
  }
  const second = await round();
  if (!isDeepStrictEqual(second, first)) {
    throw new Error(`Going up again ends elsewhere: ${apart(first, second)}`);
  }
  await db.migrate.rollback({ directory }, true);
}

/** Lists of rows sorted by what is in them, however deep they lie. */
function inAnyOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(inAnyOrder);
    const isRows = items.every(item => isRecord(item));
    return isRows ? items.sort((a, b) => (text(a) < text(b) ? -1 : 1)) : items;
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, inAnyOrder(item)]),
  );
}

/** Instants and bytes are no records, whichever realm made the rows. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

function text(value: unknown): string {
  return JSON.stringify(value);
}

/** The first place at which two answers differ. */
function apart(was: unknown, is: unknown, path: string = ''): string {
  const both = [was, is];
  if (both.every(isRecord) || both.every(Array.isArray)) {
    const [before, after] = both as Array<Record<string, unknown>>;
    for (const name of Object.keys({ ...before, ...after })) {
      if (!isDeepStrictEqual(before[name], after[name])) {
        return apart(before[name], after[name], `${path}/${name}`);
      }
    }
  }
  return `${path || '/'} was ${text(was)} and is ${text(is)}`;
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
