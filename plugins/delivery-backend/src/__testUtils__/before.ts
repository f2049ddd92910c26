import { createGithubSource } from '@fawkes/backstage-plugin-delivery-backend-module-github';
import type { Knex } from 'knex';
import { createCdeventsSource } from '../cdevents';
import { eventMapper, sourceMapper, type Mapper } from '../intake/mappers';
import { hideNamesWith } from '../intake/people';
import before from '../laws/__fixtures__/before.json';
import { MIGRATIONS } from '../store/database';

/** The newest migration that the release had which made `before.json`. */
const LAST = '20261128030000_months.js';

const identityKey = 'a key of thirty-two characters..';
const hideName = hideNamesWith(identityKey);

/** Who understands the messages in `before.json`. */
export const MAPPERS_OF_BEFORE: ReadonlyMap<string, Mapper> = new Map([
  ['event', eventMapper],
  ['github', sourceMapper(createGithubSource({ identityKey }), hideName)],
  ['cdevents', sourceMapper(createCdeventsSource(), hideName)],
]);

type Rows = Array<Record<string, unknown>>;
const tables = before as Record<string, Rows>;

/** Every service that `before.json` knows. */
export const SERVICES_OF_BEFORE = tables.services.map(row =>
  String(row.service_ref),
);

/** Takes a database back to where that release left it, whatever has been told since. */
export async function goBack(db: Knex): Promise<void> {
  while ((await db('knex_migrations').max({ name: 'name' }))[0].name !== LAST) {
    await db.migrate.down({ directory: MIGRATIONS });
  }
}

/** Takes an empty database to where the release before pushes were read left it. */
export async function makeBefore(db: Knex): Promise<void> {
  await goUpToBefore(db);
  for (const [table, rows] of Object.entries(tables)) {
    await insert(db, table, rows);
  }
  await countOn(db);
}

/** The tables of that release, without anything in them. */
export async function goUpToBefore(db: Knex): Promise<void> {
  for (;;) {
    const [, ran] = await db.migrate.up({ directory: MIGRATIONS });
    if (ran.length === 0) throw new Error(`${LAST} is no migration`);
    if (String(ran[0]).endsWith(LAST)) return;
  }
}

/** Tells an empty database what the messages in `before.json` told. */
export async function tellBefore(db: Knex): Promise<void> {
  for (const table of ['services', 'service_repositories']) {
    await insert(db, table, tables[table]);
  }
  const waiting = tables.inbox.map(row =>
    row.state === 'rejected'
      ? row
      : { ...row, state: 'received', ignored: 0, path: null, reason: null },
  );
  await insert(db, 'inbox', waiting);
  await countOn(db);
}

/** SQLite has no booleans; its dump says 0 and 1. */
async function insert(db: Knex, table: string, rows: Rows): Promise<void> {
  const columns = await db(table).columnInfo();
  const typed = rows.map(row =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        columns[name].type === 'boolean' ? Boolean(value) : value,
      ]),
    ),
  );
  await db.batchInsert(table, typed, 20);
}

/** Messages that are told from now on have numbers of their own. */
async function countOn(db: Knex): Promise<void> {
  if (db.client.config.client !== 'pg') return;
  await db.raw(
    `select setval(pg_get_serial_sequence('inbox', 'id'), (select max(id) from inbox))`,
  );
}
