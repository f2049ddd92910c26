import { createHmac, randomBytes } from 'node:crypto';
import { insertRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from '../store/tables';

/**
 * Chance that can be worked out again by this installation and by nobody else:
 * each attempt has its own, so that what two learners see does not match.
 */
export class Chance {
  private constructor(private readonly secret: Buffer) {}

  /** With the secret of this installation, which is made once. */
  static async open(db: Knex): Promise<Chance> {
    const fresh = { name: 'draw', value: randomBytes(32).toString('hex') };
    await insertRows(db, tables.secrets, [fresh], 'keep');
    const row = await db(tables.secrets.name).where({ name: 'draw' }).first();
    return new Chance(Buffer.from(row.value, 'hex'));
  }

  /** Ranks things of one attempt; the same each time. */
  rank(attempt: string, use: string): (id: string) => string {
    return id => this.#of(attempt, use, id).toString('hex');
  }

  /** What something is called in one attempt. */
  alias(attempt: string, question: string, part = ''): string {
    return this.#of(attempt, question, part).toString('base64url').slice(0, 16);
  }

  #of(...parts: string[]): Buffer {
    return createHmac('sha256', this.secret)
      .update(JSON.stringify(parts))
      .digest();
  }
}
