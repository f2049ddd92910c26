import type { Knex } from 'knex';
import type { Columns, NewRow } from './columns';
import { isPostgres, rowSource } from './dialect';

/**
 * Something to select from: for each row `k` of a list, the rows of a table that
 * meet a condition on it. They are looked up row after row. A planner that makes
 * a join of it knows nothing of the list: it takes a range for a third of the
 * table, and reads all of it for a handful of rows.
 *
 * @public
 */
export function perRow<C extends Columns>(
  db: Knex,
  columns: C,
  rows: ReadonlyArray<NewRow<C>>,
  table: string,
  condition: string,
): Knex.Raw {
  const { sql, bindings } = rowSource(db, columns, rows);
  return db.raw(`${sql} ${lookUp(db, table, condition)}`, bindings);
}

/**
 * Deletes the rows of a table that {@link perRow} would find.
 *
 * @public
 */
export async function deletePerRow<C extends Columns>(
  tx: Knex.Transaction,
  columns: C,
  rows: ReadonlyArray<NewRow<C>>,
  table: string,
  condition: string,
): Promise<void> {
  if (rows.length === 0) return;
  const { sql, bindings } = rowSource(tx, columns, rows);
  const place = isPostgres(tx) ? 'ctid' : 'rowid';
  const found = `select ${table}.${place} from ${sql} ${lookUp(
    tx,
    table,
    condition,
    place,
  )}`;
  await tx.raw(
    isPostgres(tx)
      ? `delete from ${table} where ctid = any(array(${found}))`
      : `delete from ${table} where rowid in (${found})`,
    bindings,
  );
}

/**
 * Joins a table, looked up for each row of what stands before: the piece
 * {@link perRow} is made of.
 *
 * @public
 */
export function lookUp(
  db: Knex,
  table: string,
  condition: string,
  columns = '*',
): string {
  return isPostgres(db)
    ? // "offset 0" is what keeps the lookup from being made a join.
      `cross join lateral (select ${columns} from ${table} where ${condition} offset 0) as ${table}`
    : `cross join ${table} on ${condition}`;
}
