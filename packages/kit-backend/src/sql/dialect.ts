import type { Knex } from 'knex';

/** PostgreSQL, and not SQLite. */
export function isPostgres(db: Knex): boolean {
  return String(db.client.config.client).startsWith('pg');
}

/** How a column is spelled in SQL; instants and seconds are `double`. */
export type ColumnType = 'text' | 'double' | 'int' | 'bool';
export type Columns = Record<string, ColumnType>;

const PG_TYPES: Record<ColumnType, string> = {
  text: 'text',
  double: 'double precision',
  int: 'integer',
  bool: 'boolean',
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

/** SQL with its bindings, to be built into a larger statement. */
export interface Fragment {
  sql: string;
  bindings: Knex.RawBinding[];
}

/**
 * A row source over a list of plain objects, named `k`: one binding and one SQL
 * text however many rows there are, so that plans are reused and no limit on
 * bindings is met.
 */
export function rowSource(
  db: Knex,
  columns: Columns,
  rows: readonly object[],
): Fragment {
  const names = Object.keys(columns);
  const bindings = [toJson(rows)];
  if (isPostgres(db)) {
    const spec = names.map(name => `${name} ${PG_TYPES[columns[name]]}`);
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

/** The same as something to join with. */
export function rowsFrom(
  db: Knex,
  columns: Columns,
  rows: readonly object[],
): Knex.Raw {
  const { sql, bindings } = rowSource(db, columns, rows);
  return db.raw(sql, bindings);
}

/** Rows of a raw statement, whichever database answered. */
export async function rawRows<R>(
  db: Knex,
  sql: string,
  bindings: Knex.RawBinding[],
): Promise<R[]> {
  const result = await db.raw(sql, bindings);
  return isPostgres(db) ? result.rows : result;
}

/**
 * Inserts rows in one statement.
 *
 * @param onConflict - `keys` that may exist already, and the columns to
 *   overwrite then; none = keep the row that is there
 * @returns the rows that were inserted or updated, with the `returning` columns
 */
export async function insertRows<R = unknown>(
  db: Knex,
  table: string,
  columns: Columns,
  rows: readonly object[],
  onConflict?: { keys: readonly string[]; update?: readonly string[] | string },
  returning?: readonly string[],
): Promise<R[]> {
  if (rows.length === 0) return [];
  const names = Object.keys(columns).join(', ');
  let conflict = '';
  if (onConflict) {
    const { keys, update = [] } = onConflict;
    const assignments =
      typeof update === 'string'
        ? update
        : update.map(name => `${name} = excluded.${name}`).join(', ');
    conflict = assignments
      ? ` on conflict (${keys.join(', ')}) do update set ${assignments}`
      : ` on conflict (${keys.join(', ')}) do nothing`;
  }
  const { sql, bindings } = rowSource(db, columns, rows);
  // "where true" keeps SQLite from reading "on conflict" as a join condition.
  return rawRows<R>(
    db,
    `insert into ${table} (${names}) select ${names} from ${sql} where true${conflict}${
      returning ? ` returning ${returning.join(', ')}` : ''
    }`,
    bindings,
  );
}

/** Locks the selected rows for this transaction; SQLite has one writer anyway. */
export function forUpdate<Q extends Knex.QueryBuilder>(
  db: Knex,
  query: Q,
  options: { skipLocked?: boolean; of?: string } = {},
): Q {
  if (!isPostgres(db)) return query;
  const locked = options.of ? query.forUpdate(options.of) : query.forUpdate();
  return (options.skipLocked ? locked.skipLocked() : locked) as Q;
}

/** `select value from a JSON array column`, for use in a lateral join. */
export function jsonArrayValues(
  db: Knex,
  column: string,
  alias: string,
): string {
  return isPostgres(db)
    ? `json_array_elements_text(${column}::json) as ${alias}(value)`
    : `json_each(${column}) as ${alias}`;
}

/** The distinct values of a column as the text of a JSON array; null for none. */
export function distinctList(db: Knex, column: string): string {
  return isPostgres(db)
    ? `json_agg(distinct ${column})::text`
    : `json_group_array(distinct ${column})`;
}

/** Runs a transaction again when the database broke a tie between writers. */
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
