import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { typeOf, type Column, type Columns, type Row } from './columns';
import { isPostgres } from './dialect';
import type { Table } from './table';

/** Where the next page of a list goes on: the sort value, the key, and what goes before it. */
interface Position {
  at: number;
  key: string;
  ties: readonly string[];
}

/** No cursor of ours is longer. */
const LONGEST_CURSOR = 8_192;
/** Names as others give them, up to the longest that a column of ours holds. */
const TIE = /^[^\0\p{Cs}]{0,1024}$/u;
/** What keys are made of: hashes, UUIDs, names; no spaces, and nothing a database refuses. */
const KEY = /^[!-~]{0,200}$/;
const LARGEST_INT = 2_147_483_647;

/**
 * One page of a list that is read newest first.
 *
 * @public
 */
export interface Page<R> {
  /** Newest first. */
  rows: R[];
  /** Asks for what comes after; null at the end. */
  nextCursor: string | null;
}

/**
 * Reads a page of a query over a table, newest first. A cursor names the last row
 * of the page before: rows that come in meanwhile shift nothing.
 *
 * @param by - what to sort by: numbers that are never null, and the key that
 *   tells rows of the same number apart; none where numbers are unique. `ties`:
 *   texts that rows of the same number are sorted by before their key, the last
 *   first, letter by letter whatever a database thinks of letters
 * @param asked - the cursor as the caller sent it, and how many rows at most
 * @throws InputError for a cursor that was not given out
 * @public
 */
export async function page<C extends Columns>(
  query: Knex.QueryBuilder,
  table: Table<C>,
  by: {
    at: keyof C & string;
    ties?: ReadonlyArray<keyof C & string>;
    key?: keyof C & string;
  },
  asked: { cursor?: string; limit: number },
): Promise<Page<Row<C>>> {
  const { ties = [] } = by;
  const name = (column: string) => `${table.name}.${column}`;
  const after = readCursor(asked.cursor, table.columns[by.at], ties.length);
  const letters = isPostgres(query as unknown as Knex)
    ? '?? collate "C"'
    : '??';
  const order = [
    { sql: '??', column: name(by.at), value: after?.at, down: true },
    ...ties.map((tie, n) => ({
      sql: letters,
      column: name(tie),
      value: after?.ties[n],
      down: true,
    })),
    ...(by.key
      ? [{ sql: '??', column: name(by.key), value: after?.key, down: false }]
      : []),
  ];
  if (after) {
    query.where(older =>
      order.forEach(({ sql, column, value, down }, n) =>
        older.orWhere(tie => {
          for (const equal of order.slice(0, n)) {
            tie.whereRaw(`${equal.sql} = ?`, [equal.column, equal.value!]);
          }
          tie.whereRaw(`${sql} ${down ? '<' : '>'} ?`, [column, value!]);
        }),
      ),
    );
  }
  for (const { sql, column, down } of order) {
    query.orderByRaw(`${sql}${down ? ' desc' : ''}`, [column]);
  }
  query.limit(asked.limit + 1);
  const found: object[] = await query.select(`${table.name}.*`);
  const rows = found as Array<Row<C>>;
  // One more than asked for says whether there is a next page.
  const shown = rows.slice(0, asked.limit);
  const last = rows.length > asked.limit ? shown.at(-1) : undefined;
  return {
    rows: shown,
    nextCursor: last
      ? writeCursor({
          at: Number(last[by.at]),
          key: by.key ? String(last[by.key]) : '',
          ties: ties.map(tie => String(last[tie])),
        })
      : null,
  };
}

function writeCursor({ at, key, ties }: Position): string {
  return Buffer.from(JSON.stringify([at, key, ...ties])).toString('base64url');
}

export function readCursor(
  cursor: string | undefined,
  column: Column,
  ties: number = 0,
): Position | undefined {
  if (cursor === undefined) return undefined;
  const position = parseCursor(cursor);
  if (
    !position ||
    !fits(position.at, column) ||
    position.ties.length !== ties
  ) {
    throw new InputError('cursor: is not one this API gave out');
  }
  return position;
}

function parseCursor(cursor: string): Position | undefined {
  if (cursor.length > LONGEST_CURSOR) return undefined;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts)) return undefined;
  const [at, key, ...ties] = parts;
  const isTie = (tie: unknown) => typeof tie === 'string' && TIE.test(tie);
  return Number.isFinite(at) &&
    typeof key === 'string' &&
    KEY.test(key) &&
    ties.every(isTie)
    ? { at, key, ties }
    : undefined;
}

/** PostgreSQL refuses to compare a whole number with what none can be. */
function fits(at: number, column: Column): boolean {
  switch (typeOf(column)) {
    case 'double':
      return true;
    case 'int':
      return Number.isInteger(at) && Math.abs(at) <= LARGEST_INT;
    default:
      return Number.isSafeInteger(at);
  }
}
