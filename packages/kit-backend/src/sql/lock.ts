import type { Knex } from 'knex';
import { insertRows, isPostgres } from './dialect';

/** Where names are kept, unless a plugin has a table of its own. */
const LOCKS = 'locks';

/**
 * Locks names until the end of a transaction, so that transactions which cannot
 * see each other's rows keep apart: of two that hold a name alone, or one alone
 * and one shared, the second waits. Names stand for whatever their users agree
 * on; they need no row of their own before. SQLite has one writer and needs none.
 *
 * Every transaction takes its names in one order, so a single call never ends
 * in a deadlock. Several calls in one transaction may; `inTransaction` runs it
 * again.
 *
 * @param mode - `alone` for who writes what the name stands for, `shared` for
 *   who has to find it unchanged
 * @param table - where names are kept, as `createLocks` makes it
 * @public
 */
export async function lock(
  tx: Knex.Transaction,
  names: Iterable<string>,
  mode: 'alone' | 'shared',
  table: string = LOCKS,
): Promise<void> {
  if (!isPostgres(tx)) return;
  const sorted = [...new Set(names)].sort();
  if (sorted.length === 0) return;
  if ((await take(tx, table, sorted, mode)) === sorted.length) return;
  await insertRows(
    tx,
    { name: table, columns: { name: 'text' }, keys: ['name'] },
    sorted.map(name => ({ name })),
    'keep',
  );
  await take(tx, table, sorted, mode);
}

/** Locks those that are there; returns how many. */
async function take(
  tx: Knex.Transaction,
  table: string,
  names: readonly string[],
  mode: 'alone' | 'shared',
): Promise<number> {
  const query = tx(table)
    .select('name')
    .whereIn('name', [...names])
    .orderBy('name');
  const rows = await (mode === 'alone' ? query.forUpdate() : query.forShare());
  return rows.length;
}

/**
 * Makes the table of names to lock, for a migration's `up`. Plugins have
 * migrations that ran long ago: what this makes stays as it is.
 *
 * @public
 */
export async function createLocks(
  knex: Knex,
  table: string = LOCKS,
): Promise<void> {
  await knex.schema.createTable(table, t => {
    t.comment('Names to lock, so that transactions keep apart');
    t.string('name', 600).primary();
  });
}

/**
 * Removes it again, for a migration's `down`.
 *
 * @public
 */
export async function dropLocks(
  knex: Knex,
  table: string = LOCKS,
): Promise<void> {
  await knex.schema.dropTable(table);
}
