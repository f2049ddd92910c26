import type { Knex } from 'knex';
import { insertRows, isPostgres } from './dialect';

/** Stands for all incidents that name their cause. */
export const INCIDENTS_GUARD = '~incidents';

/**
 * Keeps telling facts of a repository and walking it apart: tellers hold its
 * guard alone, walkers share it. Without it, a commit and a deployment that
 * wait for each other could both be written by transactions that do not see
 * one another, and stay unlinked for ever. SQLite has one writer and needs none.
 */
export async function guard(
  tx: Knex.Transaction,
  names: Iterable<string>,
  mode: 'alone' | 'shared',
): Promise<void> {
  if (!isPostgres(tx)) return;
  const sorted = [...new Set(names)].sort();
  if (sorted.length === 0) return;
  await insertRows(
    tx,
    'guards',
    { name: 'text' },
    sorted.map(name => ({ name })),
    { keys: ['name'] },
  );
  const query = tx('guards')
    .select('name')
    .whereIn('name', sorted)
    .orderBy('name');
  await (mode === 'alone' ? query.forUpdate() : query.forShare());
}
