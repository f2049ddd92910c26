import { lock as lockIn, sha256 } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from './tables';

/** Stands for all incidents that name their cause. */
export const INCIDENTS_LOCK = '~incidents';
/** Stands for the links of these incidents, which services share. */
export const CAUSES_LOCK = '~causes';
/** Stands for what the catalog says belongs to which service. */
export const MAPPING_LOCK = '~mapping';
/**
 * Stands for what names of repositories mean: whoever tells facts shares it, and
 * takes it before anything else.
 */
export const NAMES_LOCK = '~names';
/** Stands for all roll-ups, against throwing them away while some are made. */
export const ROLLUPS_LOCK = '~rollups';

/** Stands for the numbers of changed deployments, which are given out in order. */
export const CHANGES_LOCK = '~changes';

/**
 * Stand for artifacts, many for each: keep telling what an artifact is built
 * from and asking for it apart.
 */
export function artifactLocks(artifacts: Iterable<string>): string[] {
  return [...artifacts].map(
    artifact => `~artifact/${parseInt(sha256(artifact).slice(0, 2), 16) % 64}`,
  );
}

/**
 * Keeps telling facts of a repository and walking it apart: tellers hold its
 * lock alone, walkers share it. Without it, a commit and a deployment that wait
 * for each other could both be written by transactions that do not see one
 * another, and stay unlinked for ever.
 */
export function lock(
  tx: Knex.Transaction,
  names: Iterable<string>,
  mode: 'alone' | 'shared',
): Promise<void> {
  // The table is older than the word.
  return lockIn(tx, names, mode, tables.guards.name);
}
