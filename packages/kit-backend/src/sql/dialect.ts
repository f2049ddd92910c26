import type { Knex } from 'knex';
import {
  typeOf,
  type Columns,
  type ColumnType,
  type NewRow,
  type Row,
} from './columns';
import type { Table } from './table';

/**
 * PostgreSQL, and not SQLite.
 *
 * @public
 */
export function isPostgres(db: Knex): boolean {
  return String(db.client.config.client).startsWith('pg');
}

const PG_TYPES: Record<ColumnType, string> = {
  text: 'text',
  double: 'double precision',
  int: 'integer',
  big: 'bigint',
  bool: 'boolean',
  bytes: 'bytea',
};

const UNSTORABLE = /(\\\\)|\\u0000|\\ud[89a-f][0-9a-f]{2}/g;

/**
 * JSON for the database. PostgreSQL's text holds neither U+0000 nor half a
 * surrogate pair, which JSON strings may; both become U+FFFD on either
 * database. (A whole pair is written raw, so an escaped half is a lone one.)
 */
function toJson(rows: readonly object[]): string {
  const text = JSON.stringify(rows);
  if (!text.includes('\\u')) return text;
  return text.replace(
    UNSTORABLE,
    (_match, backslash: string | undefined) => backslash ?? '\\ufffd',
  );
}

/**
 * SQL with its bindings, to be built into a larger statement.
 *
 * @public
 */
export interface Fragment {
  /** With a `?` for each binding. */
  sql: string;
  /** What stands for them, in their order. */
  bindings: Knex.RawBinding[];
}

/**
 * A row source over a list of plain objects, named `k`: one binding and one SQL
 * text however many rows there are, so that plans are reused and no limit on
 * bindings is met.
 *
 * @public
 */
export function rowSource<C extends Columns>(
  db: Knex,
  columns: C,
  rows: ReadonlyArray<NewRow<C>>,
): Fragment {
  const names = Object.keys(columns);
  const bytes = names.find(name => typeOf(columns[name]) === 'bytes');
  if (bytes) throw new TypeError(`${bytes}: no list of rows holds bytes`);
  const bindings = [toJson(rows)];
  if (isPostgres(db)) {
    const spec = names.map(
      name => `${name} ${PG_TYPES[typeOf(columns[name])]}`,
    );
    return {
      sql: `json_to_recordset(?::json) as k(${spec.join(', ')})`,
      bindings,
    };
  }
  const picked = names.map(name => `value ->> '$.${name}' as ${name}`);
  return {
    sql: `(select ${picked.join(', ')} from json_each(?)) as k`,
    bindings,
  };
}

/**
 * The same as something to join with.
 *
 * @public
 */
export function rowsFrom<C extends Columns>(
  db: Knex,
  columns: C,
  rows: ReadonlyArray<NewRow<C>>,
): Knex.Raw {
  const { sql, bindings } = rowSource(db, columns, rows);
  return db.raw(sql, bindings);
}

/**
 * Rows of a raw statement, whichever database answered.
 *
 * @public
 */
export async function rawRows<R>(
  db: Knex,
  sql: string,
  bindings: Knex.RawBinding[],
): Promise<R[]> {
  const result = await db.raw(sql, bindings);
  return isPostgres(db) ? result.rows : result;
}

/**
 * What becomes of rows whose key is taken: `keep` the row that is there, or
 * update these columns of it (or as an SQL text says).
 *
 * @public
 */
export type OnConflict<C extends Columns> =
  | 'keep'
  | { readonly update: ReadonlyArray<keyof C & string> | string };

/**
 * Inserts rows in one statement.
 *
 * @param table - all columns it has here are written
 * @param onConflict - where its keys are taken; without, that is an error
 * @returns the rows that were inserted or updated, with the `returning` columns
 * @public
 */
export async function insertRows<
  C extends Columns,
  N extends keyof C & string = never,
>(
  db: Knex,
  { name, columns, keys }: Table<C>,
  rows: ReadonlyArray<NewRow<C>>,
  onConflict?: OnConflict<C>,
  returning: readonly N[] = [],
): Promise<Array<Pick<Row<C>, N>>> {
  if (rows.length === 0) return [];
  const names = Object.keys(columns).join(', ');
  const { sql, bindings } = rowSource(db, columns, rows);
  const taken = onConflict
    ? ` on conflict (${keys.join(', ')}) do ${doing(onConflict)}`
    : '';
  const told = returning.length > 0 ? ` returning ${returning.join(', ')}` : '';
  // "where true" keeps SQLite from reading "on conflict" as a join condition.
  const inserted = await rawRows<Pick<Row<C>, N>>(
    db,
    `insert into ${name} (${names}) select ${names} from ${sql} where true${taken}${told}`,
    bindings,
  );
  return told ? inserted : [];
}

function doing<C extends Columns>(onConflict: OnConflict<C>): string {
  if (onConflict === 'keep') return 'nothing';
  const { update } = onConflict;
  return `update set ${
    typeof update === 'string'
      ? update
      : update.map(column => `${column} = excluded.${column}`).join(', ')
  }`;
}

/**
 * Locks the selected rows for this transaction; SQLite has one writer anyway.
 *
 * @public
 */
export function forUpdate<Q extends Knex.QueryBuilder>(
  db: Knex,
  query: Q,
  options: { skipLocked?: boolean; of?: string } = {},
): Q {
  if (!isPostgres(db)) return query;
  const locked = options.of ? query.forUpdate(options.of) : query.forUpdate();
  return (options.skipLocked ? locked.skipLocked() : locked) as Q;
}

/**
 * Keeps the selected rows as they are until the end of this transaction, for as many
 * as ask for it; SQLite has one writer anyway.
 *
 * @public
 */
export function forShare<Q extends Knex.QueryBuilder>(db: Knex, query: Q): Q {
  return isPostgres(db) ? (query.forShare() as Q) : query;
}

/**
 * `select value from a JSON array column`, for use in a lateral join.
 *
 * @public
 */
export function jsonArrayValues(
  db: Knex,
  column: string,
  alias: string,
): string {
  return isPostgres(db)
    ? `json_array_elements_text(${column}::json) as ${alias}(value)`
    : `json_each(${column}) as ${alias}`;
}

/**
 * The distinct values of a column as the text of a JSON array; null for none.
 *
 * @public
 */
export function distinctList(db: Knex, column: string): string {
  return isPostgres(db)
    ? `json_agg(distinct ${column})::text`
    : `json_group_array(distinct ${column})`;
}

/**
 * Runs a transaction, and runs it again when the database broke a tie between
 * writers.
 *
 * @public
 */
export async function inTransaction<T>(
  db: Knex,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (attempt >= 8 || !isTie(error)) throw error;
    }
  }
}

const TIES = ['40P01', '40001', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT'];

function isTie(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    TIES.includes(String(error.code))
  );
}
