import type { Knex } from 'knex';
import { canonicalJson } from '@fawkes/kit-contract';
import { rowsOf } from './snapshot';

/** A copy of the deployments that is kept up to date by the number of changes. */
export class Follower {
  readonly #copy = new Map<string, string>();
  /** Deployments it was told of though they were what it had. */
  readonly repeated: string[] = [];
  #cursor = 0;

  constructor(private readonly db: Knex) {}

  /** Reads on; returns how many had become another. */
  async read(): Promise<number> {
    const rows: Array<Record<string, unknown>> = await this.db('deployments')
      .innerJoin(
        'deployment_changes',
        'deployment_changes.key',
        'deployments.key',
      )
      .where('deployment_changes.number', '>', this.#cursor)
      .orderBy('deployment_changes.number')
      .limit(5)
      .select('deployments.*', 'deployment_changes.number');
    for (const { number, ...row } of rows) {
      this.#cursor = Number(number);
      const [key, text] = [String(row.key), textOf(row)];
      if (this.#copy.get(key) === text) this.repeated.push(text);
      this.#copy.set(key, text);
    }
    return rows.length;
  }

  /** Reads to the end. */
  async catchUp(): Promise<void> {
    while ((await this.read()) > 0);
  }

  /** Where the copy is not what the table is; what is gone is not told. */
  async differences(): Promise<string[]> {
    const rows = await rowsOf(this.db, 'deployments');
    const known = new Set(this.#copy.values());
    return rows.filter(row => !known.has(row));
  }
}

function textOf(row: Record<string, unknown>): string {
  return canonicalJson(
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'boolean' ? Number(value) : value,
      ]),
    ),
  );
}
