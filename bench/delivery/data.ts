import type { Knex } from 'knex';
import {
  openKnex,
  type DatabaseAddress,
  type Databases,
} from '../lib/databases';
import { amount, duration } from '../lib/figures';
import { fillFacts, type Filled } from './fill';
import {
  startBackend,
  type BackendSettings,
  type DeliveryProcess,
} from './protocol';
import { planWorld, type World } from './world';

/** A database full of history, all of it derived and rolled up. */
export interface DataSet {
  world: World;
  address: DatabaseAddress;
  settings: BackendSettings;
  filled: Filled;
  /** Lines about the data and how long it took to get there. */
  about: string[];
  peakMiB: number;
}

/** Workers that derive side by side; they share nothing but the database. */
const REPLICAS = { pg: 2, sqlite: 1 };

/** Fills a database and lets the plugin's own workers derive everything. */
export async function prepareData(
  databases: Databases,
  scale: number,
  seed: number,
  say: (text: string) => void,
): Promise<DataSet> {
  const world = planWorld(scale, seed);
  const name = `bench_${String(scale).replace('.', '_')}_${seed}`;
  const { address, existed } = await databases.create(name);
  const settings = { database: address, scale, seed };
  const db = openKnex(address);
  try {
    if (existed) {
      const row = await db('bench_data').first('value');
      return { world, address, settings, ...JSON.parse(row.value) };
    }
    const begin = performance.now();
    const filled = await fillFacts(db, world, done => {
      if (done % 100 === 0) say(`filled ${done} of ${world.stories.length}`);
    });
    const changes = filled.commits + filled.pullRequests;
    await db.raw('analyze');
    const filling = performance.now() - begin;
    say(`facts are in after ${duration(filling)}`);
    const { seconds, peakMiB } = await derive(db, settings, say);
    await db.raw(address.dialect === 'pg' ? 'vacuum analyze' : 'analyze');
    const about = [
      `data: ${amount(filled.deployments)} deployments, ${amount(
        changes,
      )} changes ` +
        `(${amount(filled.commits)} commits, ${amount(
          filled.pullRequests,
        )} pull requests), ` +
        `${amount(filled.incidents)} incidents, ${
          world.services.length
        } services, ` +
        `${world.teams.length} teams, 3 years; ${await sizeOf(db, address)}`,
      `facts by COPY in ${duration(filling)}; derived and rolled up by ` +
        `${REPLICAS[address.dialect]} worker processes in ${duration(
          seconds * 1000,
        )} ` +
        `(${amount(filled.deployments / seconds)} deployments/s, ` +
        `${amount(
          changes / seconds,
        )} changes/s); worker memory up to ${Math.round(
          peakMiB,
        )} MiB above idle`,
    ];
    const data = { world, address, settings, filled, about, peakMiB };
    await db.schema.createTable('bench_data', t => t.text('value'));
    await rememberData(db, data);
    return data;
  } finally {
    await db.destroy();
  }
}

/**
 * Keeps with the data what it is and where its stories stand: a later run with
 * `--keep` goes on from there, and does not tell the same once more.
 */
export async function rememberData(
  db: Knex,
  { filled, about, peakMiB }: DataSet,
): Promise<void> {
  const value = JSON.stringify({ filled, about, peakMiB });
  await db('bench_data').delete();
  await db('bench_data').insert({ value });
}

async function derive(
  db: Knex,
  settings: BackendSettings,
  say: (text: string) => void,
): Promise<{ seconds: number; peakMiB: number }> {
  const replicas: DeliveryProcess[] = [];
  try {
    for (let i = 0; i < REPLICAS[settings.database.dialect]; i++) {
      replicas.push(await startBackend(settings));
    }
    const begin = performance.now();
    for (const replica of replicas) {
      await replica.order({ order: 'worker', run: true });
    }
    let said = 0;
    const peaks: number[] = [];
    for (;;) {
      const left = await waiting(db);
      peaks.push(...replicas.map(replica => replica.takePeak()));
      if (left.messages + left.services + left.days === 0) break;
      if (performance.now() - said > 15_000) {
        said = performance.now();
        say(`to derive: ${left.services} services, ${left.days} days`);
      }
      await pause(500);
    }
    const seconds = (performance.now() - begin) / 1000;
    return { seconds, peakMiB: Math.max(...peaks) };
  } finally {
    for (const replica of replicas) await replica.stop();
  }
}

/** What the workers still have to do. */
export async function waiting(
  db: Knex,
): Promise<{ messages: number; services: number; days: number }> {
  const count = async (query: Knex.QueryBuilder) =>
    Number((await query.count({ count: '*' }).first()).count);
  return {
    messages: await count(db('inbox').where('state', 'received')),
    services:
      (await count(db('dirty_incidents'))) +
      (await count(db('dirty_services'))),
    days: await count(db('dirty_days')),
  };
}

/** Waits until the workers have nothing to do any more. */
export async function settled(db: Knex): Promise<void> {
  for (;;) {
    const left = await waiting(db);
    if (left.messages + left.services + left.days === 0) return;
    await pause(100);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms);
  });
}

async function sizeOf(db: Knex, { dialect }: DatabaseAddress): Promise<string> {
  if (dialect !== 'pg') return 'in one SQLite file';
  const { rows } = await db.raw(
    'select pg_database_size(current_database()) as bytes',
  );
  return `${(Number(rows[0].bytes) / 2 ** 30).toFixed(2)} GiB of database`;
}
