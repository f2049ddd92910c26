import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import { openDatabase } from '@fawkes/kit-backend/sql';
import knexFactory, { type Knex } from 'knex';
import { MIGRATIONS } from '../../plugins/delivery-backend/src/store/database';

/** Where a database is, in a form a child process can be told. */
export interface Address {
  client: 'pg' | 'better-sqlite3';
  /** Connection string or file. */
  url: string;
}

/** Opens a database as the backend does, with its tables up to date. */
export async function openStore({ client, url }: Address): Promise<Knex> {
  const db =
    client === 'pg'
      ? knexFactory({ client, connection: url })
      : knexFactory({
          client,
          connection: { filename: url },
          useNullAsDefault: true,
        });
  const service: DatabaseService = { getClient: async () => db };
  return openDatabase(service, MIGRATIONS);
}

/** Makes an empty database; `drop` removes it again. */
export async function createDatabase(
  client: Address['client'],
  name: string,
): Promise<Address & { drop(): Promise<void> }> {
  if (client === 'better-sqlite3') {
    const url = join(tmpdir(), `fawkes-${name}-${process.pid}.sqlite`);
    const drop = async () => {
      for (const tail of ['', '-journal', '-wal', '-shm']) {
        await rm(`${url}${tail}`, { force: true });
      }
    };
    await drop();
    return { client, url, drop };
  }
  const server = process.env.FAWKES_PG;
  if (!server) {
    throw new Error('FAWKES_PG is not set; run this with: yarn soak delivery');
  }
  const asAdmin = async (sql: string) => {
    const admin = knexFactory({ client, connection: server });
    await admin.raw(sql, [name]);
    await admin.destroy();
  };
  const drop = () => asAdmin('drop database if exists ?? with (force)');
  await drop();
  await asAdmin('create database ??');
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { client, url: url.toString(), drop };
}
