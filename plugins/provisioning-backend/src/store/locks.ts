import { lock } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';

/** Names a transaction may have to itself. One call takes all it needs, in one order. */
export const lockNames = {
  /** Whoever has a key, and whether it is free. */
  key: (key: string) => `~key/${key}`,
  /** A request and its runs. */
  request: (id: string) => `~request/${id}`,
  /** How much of a quota is taken. */
  owner: (owner: string) => `~quota/owner/${owner}`,
  running: '~quota/running',
  /** Practice requests of a person. */
  practice: (person: string) => `~practice/${person}`,
};

/** Has names to itself until the transaction ends. */
export function alone(tx: Knex.Transaction, ...names: string[]): Promise<void> {
  return lock(tx, names, 'alone');
}
