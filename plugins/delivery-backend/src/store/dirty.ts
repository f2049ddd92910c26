import { insertRows, isPostgres } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from './tables';

/** `from` of a service whose rows need judging again, but no walk. */
export const JUDGE_ONLY = Number.MAX_SAFE_INTEGER;

/** What is stale about a service. */
interface Stale {
  /** The earliest finish from which it has to be derived again. */
  from: number;
  /** The earliest finish from which verdicts may be others; 0 = any. */
  judgeFrom: number;
}

/** The services whose derived rows are stale. */
export class DirtyServices {
  readonly #stale = new Map<string, Stale>();

  /**
   * @param from - the finish of a deployment that changed, or {@link JUDGE_ONLY}
   *   when something else did that verdicts depend on
   * @param started - when it began: incidents may have opened while it went on
   */
  add(service: string, from: number, started = from): void {
    const judgeFrom = from === JUDGE_ONLY ? 0 : Math.min(from, started);
    const known = this.#stale.get(service) ?? { from, judgeFrom };
    this.#stale.set(service, {
      from: Math.min(known.from, from),
      judgeFrom: Math.min(known.judgeFrom, judgeFrom),
    });
  }

  /**
   * Takes back that all verdicts of a service are stale, for
   * somebody who is about to give them; what else is stale stays.
   *
   * @returns whether they were
   */
  takeVerdicts(service: string): boolean {
    const known = this.#stale.get(service);
    if (known?.judgeFrom !== 0) return false;
    if (known.from === JUDGE_ONLY) this.#stale.delete(service);
    return true;
  }

  get size(): number {
    return this.#stale.size;
  }

  /** Writes down what is stale; call it last in a transaction. */
  async save(tx: Knex.Transaction, now: number): Promise<void> {
    const least = isPostgres(tx) ? 'least' : 'min';
    const rows = [...this.#stale]
      .map(([service_ref, { from, judgeFrom }]) => ({
        service_ref,
        from_at: from,
        judge_from: judgeFrom,
        since: now,
      }))
      .sort((a, b) => (a.service_ref < b.service_ref ? -1 : 1));
    await insertRows(tx, tables.dirtyServices, rows, {
      update: ['from_at', 'judge_from']
        .map(
          name =>
            `${name} = ${least}(dirty_services.${name}, excluded.${name})`,
        )
        .join(', '),
    });
  }
}

/** Leaves incidents that name another cause than before to whoever derives. */
export async function outdateIncidents(
  tx: Knex.Transaction,
  keys: readonly string[],
  now: number,
): Promise<void> {
  const rows = [...keys]
    .sort()
    .map(incident_key => ({ incident_key, since: now }));
  // An update that changes nothing, so as to wait for whoever is linking them.
  await insertRows(tx, tables.dirtyIncidents, rows, {
    update: 'since = dirty_incidents.since',
  });
}

/** Local days of services whose roll-up is stale. */
export class DirtyDays {
  readonly #days = new Map<string, Set<string>>();

  add(service: string, day: string): void {
    const days = this.#days.get(service);
    if (days) days.add(day);
    else this.#days.set(service, new Set([day]));
  }

  /** Writes down what is stale. */
  async save(tx: Knex.Transaction, now: number): Promise<void> {
    const rows = [...this.#days.keys()]
      .sort()
      .flatMap(service =>
        [...this.#days.get(service)!]
          .sort()
          .map(day => ({ service_ref: service, day, since: now })),
      );
    // An update that changes nothing, so as to wait for a roll-up that holds
    // the row: it may have read the rows before this transaction wrote them.
    await insertRows(tx, tables.dirtyDays, rows, {
      update: 'since = dirty_days.since',
    });
  }
}
