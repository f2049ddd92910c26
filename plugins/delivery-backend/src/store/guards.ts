import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { insertRows, isPostgres } from './dialect';

/** Stands for all incidents that name their cause. */
export const INCIDENTS_GUARD = '~incidents';
/** Stands for the links of these incidents, which services share. */
export const CAUSES_GUARD = '~causes';
/** Stands for what the catalog says belongs to which service. */
export const MAPPING_GUARD = '~mapping';
/** Stands for all roll-ups, against throwing them away while some are made. */
export const ROLLUPS_GUARD = '~rollups';

/**
 * Stand for artifacts, many for each: keep telling what an artifact is built
 * from and asking for it apart.
 */
export function artifactGuards(artifacts: Iterable<string>): string[] {
  return [...artifacts].map(
    artifact =>
      `~artifact/${createHash('sha256').update(artifact).digest()[0] % 64}`,
  );
}

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
  if ((await take(tx, sorted, mode)) === sorted.length) return;
  await insertRows(
    tx,
    'guards',
    { name: 'text' },
    sorted.map(name => ({ name })),
    { keys: ['name'] },
  );
  await take(tx, sorted, mode);
}

/** Locks those that are there; returns how many. */
async function take(
  tx: Knex.Transaction,
  names: readonly string[],
  mode: 'alone' | 'shared',
): Promise<number> {
  const query = tx('guards')
    .select('name')
    .whereIn('name', [...names])
    .orderBy('name');
  const rows = await (mode === 'alone' ? query.forUpdate() : query.forShare());
  return rows.length;
}
