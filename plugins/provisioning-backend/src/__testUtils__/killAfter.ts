import type { Knex } from 'knex';

/** A process that dies after so many statements. */
export interface Mortal {
  died(): boolean;
  /** Resolves when it is dead. */
  death: Promise<void>;
  /** The next process may use the database. */
  bury(): void;
}

/** What a dead process meets; it never comes to know. */
class DeadError extends Error {
  constructor() {
    super('This process is dead');
  }
}

type Query = (
  this: object,
  connection: unknown,
  asked: unknown,
) => Promise<unknown>;

/**
 * Lets whoever uses a database die after so many statements: the last one still
 * reaches the database, and none after it does. A transaction that was open then
 * is rolled back, as a database does for a connection that is gone.
 */
export function killAfter(db: Knex, statements: number): Mortal {
  let left = statements;
  let die = () => {};
  const death = new Promise<void>(resolve => {
    die = resolve;
  });
  // Transactions make clients of their own from the prototype.
  const prototype: { query: Query } = db.client.constructor.prototype;
  const own = Object.getOwnPropertyDescriptor(prototype, 'query');
  const query = prototype.query;
  prototype.query = async function mortal(connection, asked) {
    const sql =
      typeof asked === 'string' ? asked : (asked as { sql: string }).sql;
    if (/^rollback/i.test(sql)) return query.call(this, connection, asked);
    if (left <= 0) {
      // Without its commit, what a dead process had begun is taken back.
      if (/^commit/i.test(sql)) await query.call(this, connection, 'ROLLBACK');
      throw new DeadError();
    }
    left -= 1;
    const last = left === 0;
    try {
      return await query.call(this, connection, asked);
    } finally {
      if (last) die();
    }
  };
  return {
    died: () => left <= 0,
    death,
    bury() {
      if (own) Object.defineProperty(prototype, 'query', own);
      else delete (prototype as Partial<typeof prototype>).query;
    },
  };
}
