import type { Knex } from 'knex';
import { insertRows, isPostgres } from './dialect';

/** `from` of a service whose rows need judging again, but no walk. */
export const JUDGE_ONLY = Number.MAX_SAFE_INTEGER;

/** The earliest finish from which each service has to be derived again. */
export class DirtyServices {
  readonly #from = new Map<string, number>();

  add(service: string, from: number): void {
    this.#from.set(service, Math.min(this.#from.get(service) ?? from, from));
  }

  get size(): number {
    return this.#from.size;
  }

  /** Writes the marks down; call it last in a transaction. */
  async save(tx: Knex.Transaction, now: number): Promise<void> {
    const least = isPostgres(tx) ? 'least' : 'min';
    const rows = [...this.#from]
      .map(([service_ref, from_at]) => ({ service_ref, from_at, since: now }))
      .sort((a, b) => (a.service_ref < b.service_ref ? -1 : 1));
    await insertRows(
      tx,
      'dirty_services',
      { service_ref: 'text', from_at: 'double', since: 'double' },
      rows,
      {
        keys: ['service_ref'],
        update: `from_at = ${least}(dirty_services.from_at, excluded.from_at)`,
      },
    );
  }
}

/** Marks local days whose roll-up is stale. */
export async function saveDirtyDays(
  tx: Knex.Transaction,
  service: string,
  days: Iterable<string>,
  now: number,
): Promise<void> {
  const rows = [...new Set(days)]
    .sort()
    .map(day => ({ service_ref: service, day, since: now }));
  await insertRows(
    tx,
    'dirty_days',
    { service_ref: 'text', day: 'text', since: 'double' },
    rows,
    // An update that changes nothing, so as to wait for a roll-up that holds
    // the mark: it may have read the rows before this transaction wrote them.
    { keys: ['service_ref', 'day'], update: 'since = dirty_days.since' },
  );
}
