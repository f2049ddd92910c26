import {
  insertRows,
  inTransaction,
  forShare,
  isPostgres,
  rawRows,
  defineTable,
} from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';

/** Names somebody holds for a while; see {@link Leases}. */
export const leasesTable = defineTable({
  name: 'leases',
  columns: { name: 'text', holder: 'text', token: 'int', until: 'double' },
  keys: ['name'],
});

/** A lease somebody holds. */
export interface Lease {
  /** What it is for. */
  readonly name: string;
  /** Grows with every new holder: whoever writes with an older one is refused. */
  readonly token: number;
}

/** The lease is somebody else's by now: whatever was meant to be written is not. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';

  constructor(readonly lease: Lease) {
    super(`The lease '${lease.name}' with token ${lease.token} is lost`);
  }
}

/** What leases are made with. */
export interface LeasesOptions {
  db: Knex;
  /** Who takes them, as operators read it; unique to this process. */
  holder: string;
  /** How long one lasts without being renewed, ms. */
  ttlMs?: number;
}

/** A lease lasts a minute, and is renewed four times in it. */
export const LEASE_MS = 60_000;

/**
 * Leases with fencing tokens, in a database that several processes share. Time
 * is the database's. A lease that is not renewed is anybody's; who held it can
 * write nothing any more under {@link Leases.fenced}.
 */
export class Leases {
  readonly ttlMs: number;

  constructor(private readonly options: LeasesOptions) {
    this.ttlMs = options.ttlMs ?? LEASE_MS;
  }

  /** Who takes leases here. */
  get holder(): string {
    return this.options.holder;
  }

  /** Takes a lease that is nobody's; undefined while somebody holds it. */
  async take(name: string): Promise<Lease | undefined> {
    const { db, holder } = this.options;
    const now = nowSql(db);
    // A row to begin with, so that two takers meet at the same one.
    await insertRows(
      db,
      leasesTable,
      [{ name, holder, token: 0, until: 0 }],
      'keep',
    );
    const taken = await rawRows<{ token: number }>(
      db,
      `update leases set holder = ?, token = token + 1, until = ${now} + ?
        where name = ? and until < ${now} returning token`,
      [holder, this.ttlMs, name],
    );
    return taken.length > 0
      ? { name, token: Number(taken[0].token) }
      : undefined;
  }

  /** Holds it for another while; false when somebody else has it. */
  async renew({ name, token }: Lease): Promise<boolean> {
    const { db } = this.options;
    const renewed = await rawRows<{ token: number }>(
      db,
      `update leases set until = ${nowSql(db)} + ?
        where name = ? and token = ? returning token`,
      [this.ttlMs, name, token],
    );
    return renewed.length > 0;
  }

  /** Gives it back; anybody may take it at once. */
  async release({ name, token }: Lease): Promise<void> {
    await this.options.db('leases').where({ name, token }).update({ until: 0 });
  }

  /** Does something as long as the lease holds, in one transaction. */
  fenced<T>(
    lease: Lease,
    work: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    return inTransaction(this.options.db, async tx => {
      await holdFast(tx, lease);
      return work(tx);
    });
  }
}

/**
 * Keeps a lease from being taken until the end of the transaction.
 *
 * @throws LeaseLostError when it has been
 */
export async function holdFast(
  tx: Knex.Transaction,
  lease: Lease,
): Promise<void> {
  const query = tx('leases').where({ name: lease.name, token: lease.token });
  const row = await forShare(tx, query).first('name');
  if (!row) throw new LeaseLostError(lease);
}

/** Milliseconds since the epoch by the database's clock; SQLite has its process' one. */
function nowSql(db: Knex): string {
  return isPostgres(db)
    ? '(extract(epoch from clock_timestamp()) * 1000)'
    : "((julianday('now') - 2440587.5) * 86400000.0)";
}

/** The database's clock. */
export async function databaseNow(db: Knex): Promise<number> {
  const [{ now }] = await rawRows<{ now: number | string }>(
    db,
    `select ${nowSql(db)} as now`,
    [],
  );
  return Math.floor(Number(now));
}
