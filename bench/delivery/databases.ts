import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';
import { MIGRATIONS } from '../../plugins/delivery-backend/src/store/database';
import type { Dialect } from './options';

/** How to reach one database, in a form a child process can be told. */
export interface DatabaseAddress {
  dialect: Dialect;
  /** Connection string, or file of SQLite. */
  url: string;
}

/** Opens a database as the backend does: knex with its usual pool. */
export function openKnex({ dialect, url }: DatabaseAddress): Knex {
  if (dialect === 'pg') {
    return knexFactory({ client: 'pg', connection: url });
  }
  return knexFactory({
    client: 'better-sqlite3',
    connection: { filename: url },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (
        connection: { pragma(text: string): void },
        done: (error?: Error) => void,
      ) => {
        connection.pragma('journal_mode = WAL');
        connection.pragma('busy_timeout = 10000');
        done();
      },
    },
  });
}

/** Makes and removes the databases of a run. */
export class Databases {
  readonly #made: Array<() => Promise<void>> = [];

  constructor(
    private readonly dialect: Dialect,
    private readonly keep: boolean,
  ) {}

  /**
   * A migrated database of this name.
   *
   * @returns `existed` when `--keep` found one there
   */
  async create(
    name: string,
    keep = this.keep,
  ): Promise<{ address: DatabaseAddress; existed: boolean }> {
    return this.dialect === 'pg'
      ? this.#postgres(name, keep)
      : this.#sqlite(name);
  }

  async removeAll(): Promise<void> {
    for (const remove of this.#made.reverse()) await remove();
  }

  async #postgres(name: string, keep: boolean) {
    const server = process.env.FAWKES_PG;
    if (!server)
      throw new Error('FAWKES_PG is not set; run yarn bench delivery');
    const url = new URL(server);
    url.pathname = `/${name}`;
    const address: DatabaseAddress = { dialect: 'pg', url: url.href };
    const admin = knexFactory({ client: 'pg', connection: server });
    try {
      const found = await admin('pg_database').where('datname', name).first();
      if (found && !keep)
        await admin.raw('drop database ?? with (force)', [name]);
      const existed = Boolean(found) && keep;
      if (!existed) {
        await admin.raw('create database ??', [name]);
        await migrate(address);
      }
      if (!keep) {
        this.#made.push(async () => {
          const again = knexFactory({ client: 'pg', connection: server });
          await again.raw('drop database if exists ?? with (force)', [name]);
          await again.destroy();
        });
      }
      return { address, existed };
    } finally {
      await admin.destroy();
    }
  }

  async #sqlite(name: string) {
    const folder = await mkdtemp(join(tmpdir(), 'fawkes-bench-'));
    this.#made.push(() => rm(folder, { recursive: true, force: true }));
    const address: DatabaseAddress = {
      dialect: 'sqlite',
      url: join(folder, `${name}.sqlite`),
    };
    await migrate(address);
    return { address, existed: false };
  }
}

async function migrate(address: DatabaseAddress): Promise<void> {
  const db = openKnex(address);
  await db.migrate.latest({ directory: MIGRATIONS });
  await db.destroy();
}
