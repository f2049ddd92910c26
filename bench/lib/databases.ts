import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';

export const DIALECTS = ['pg', 'sqlite'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** How to reach one database, in a form a child process can be told. */
export interface DatabaseAddress {
  dialect: Dialect;
  /** Connection string, or file of SQLite. */
  url: string;
}

/** Opens a database as Backstage does: knex with its usual pool. */
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
      // The process that asks and the one that works look at one file.
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

/** What is asked of the databases of a run. */
export interface DatabasesOptions {
  dialect: Dialect;
  /** Brings the tables up to date. */
  migrate(db: Knex): Promise<void>;
  /** Leave PostgreSQL's databases there, and use them again when they are. */
  keep?: boolean;
}

/** Makes and removes the databases of a run. */
export class Databases {
  readonly #made: Array<() => Promise<void>> = [];

  constructor(private readonly options: DatabasesOptions) {}

  /**
   * A migrated database of this name.
   *
   * @returns `existed` when one was kept and is there
   */
  async create(
    name: string,
    keep = this.options.keep ?? false,
  ): Promise<{ address: DatabaseAddress; existed: boolean }> {
    return this.options.dialect === 'pg'
      ? this.#postgres(name, keep)
      : this.#sqlite(name);
  }

  async removeAll(): Promise<void> {
    for (const remove of this.#made.splice(0).reverse()) await remove();
  }

  async #postgres(name: string, keep: boolean) {
    const server = process.env.FAWKES_PG;
    if (!server) {
      throw new Error('FAWKES_PG is not set; yarn bench and yarn soak do that');
    }
    const url = new URL(server);
    url.pathname = `/${name}`;
    const address: DatabaseAddress = { dialect: 'pg', url: url.href };
    const admin = knexFactory({ client: 'pg', connection: server });
    try {
      const found = await admin('pg_database').where('datname', name).first();
      if (found && !keep) {
        await admin.raw('drop database ?? with (force)', [name]);
      }
      const existed = Boolean(found) && keep;
      if (!existed) await admin.raw('create database ??', [name]);
      if (!keep) {
        this.#made.push(async () => {
          const again = knexFactory({ client: 'pg', connection: server });
          await again.raw('drop database if exists ?? with (force)', [name]);
          await again.destroy();
        });
      }
      if (!existed) await this.#migrate(address);
      return { address, existed };
    } finally {
      await admin.destroy();
    }
  }

  async #sqlite(name: string) {
    const folder = await mkdtemp(join(tmpdir(), 'fawkes-workshop-'));
    this.#made.push(() => rm(folder, { recursive: true, force: true }));
    const address: DatabaseAddress = {
      dialect: 'sqlite',
      url: join(folder, `${name}.sqlite`),
    };
    await this.#migrate(address);
    return { address, existed: false };
  }

  async #migrate(address: DatabaseAddress): Promise<void> {
    const db = openKnex(address);
    try {
      await this.options.migrate(db);
    } finally {
      await db.destroy();
    }
  }
}

/** What a database is, with the settings that decide how quick it is. */
export async function versionOf(address: DatabaseAddress): Promise<string> {
  const db = openKnex(address);
  try {
    if (address.dialect !== 'pg') {
      const [{ version }] = await db.raw('select sqlite_version() as version');
      return `SQLite ${version}`;
    }
    const { rows } = await db.raw(
      `select current_setting('server_version') as version,
        current_setting('shared_buffers') as buffers, current_setting('work_mem') as work,
        current_setting('fsync') as fsync`,
    );
    const [{ version, buffers, work, fsync }] = rows;
    return `PostgreSQL ${
      version.split(' ')[0]
    } (shared_buffers ${buffers}, work_mem ${work}, fsync ${fsync}; the defaults)`;
  } finally {
    await db.destroy();
  }
}
