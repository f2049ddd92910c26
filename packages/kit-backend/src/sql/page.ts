import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { typeOf, type Column, type Columns, type Row } from './columns';
import type { Table } from './table';

/** Where the next page of a list goes on: the sort value and the key. */
interface Position {
  at: number;
  key: string;
}

/** No cursor of ours is longer. */
const LONGEST_CURSOR = 512;
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
 *   tells rows of the same number apart; none where numbers are unique
 * @param asked - the cursor as the caller sent it, and how many rows at most
 * @throws InputError for a cursor that was not given out
 * @public
 */
export async function page<C extends Columns>(
  query: Knex.QueryBuilder,
  table: Table<C>,
  by: { at: keyof C & string; key?: keyof C & string },
  asked: { cursor?: string; limit: number },
): Promise<Page<Row<C>>> {
  const at = `${table.name}.${by.at}`;
  const key = by.key && `${table.name}.${by.key}`;
  const after = readCursor(asked.cursor, table.columns[by.at]);
  if (after) {
    query.where(older => {
      older.where(at, '<', after.at);
      if (key) {
        older.orWhere(tie =>
          tie.where(at, after.at).where(key, '>', after.key),
        );
      }
    });
  }
  query
    .orderBy([{ column: at, order: 'desc' }, ...(key ? [{ column: key }] : [])])
    .limit(asked.limit + 1);
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
        })
      : null,
  };
}

function writeCursor({ at, key }: Position): string {
  return Buffer.from(JSON.stringify([at, key])).toString('base64url');
}

export function readCursor(
  cursor: string | undefined,
  column: Column,
): Position | undefined {
  if (cursor === undefined) return undefined;
  const position = parseCursor(cursor);
  if (!position || !fits(position.at, column)) {
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
  const [at, key] = parts;
  return Number.isFinite(at) && typeof key === 'string' && KEY.test(key)
    ? { at, key }
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
