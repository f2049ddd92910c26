import { join } from 'node:path';
import { parseDeliveryEvent } from '@fawkes/backstage-plugin-delivery-common';
import { canonicalJson } from '@fawkes/kit-contract';
import { sha256 } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { MIGRATIONS } from '../../plugins/delivery-backend/src/store/database';
import { Databases, openKnex, type Dialect } from '../../bench/lib/databases';
import { tellTorn } from '../lib/torn';
import { answersOf } from './answers';
import { makeLoad, NOW } from './load';
import type { Options } from './options';

/**
 * A load is told twice: once in peace, and once to a process that is killed
 * again and again. Both have to end with the same facts and numbers.
 *
 * @returns what went wrong; nothing is the aim
 */
export async function crashOn(
  dialect: Dialect,
  { events, kills, seed }: Options,
  say: (text: string) => void,
): Promise<string[]> {
  const load = makeLoad(events, seed);
  const unique = new Set(load.map(idOf)).size;
  const databases = new Databases({
    dialect,
    migrate: db => db.migrate.latest({ directory: MIGRATIONS }),
  });
  const open: Knex[] = [];
  try {
    const faults: string[] = [];
    const told = async (name: string, deaths: number) => {
      const { address } = await databases.create(name);
      const { accepted, faults: found } = await tellTorn({
        module: join(__dirname, 'runner'),
        database: address,
        load,
        kills: deaths,
        seed,
        say,
      });
      faults.push(...found);
      if (accepted > unique) faults.push(`${accepted - unique} events twice`);
      const db = openKnex(address);
      open.push(db);
      return db;
    };
    const calm = await told('soak_calm', 0);
    const torn = await told('soak_torn', kills);
    faults.push(...(await missing(torn, load)));
    const expected = await answersOf(calm);
    const found = await answersOf(torn);
    for (const [name, answer] of expected) {
      if (found.get(name) !== answer) {
        faults.push(`${name}:\n  ${answer}\n  ${found.get(name)}`);
      }
    }
    say(`${expected.size} tables and answers compared`);
    return faults;
  } finally {
    for (const db of open) await db.destroy();
    await databases.removeAll();
  }
}

/** Events that were told and are not there exactly once, and processed. */
async function missing(db: Knex, load: readonly object[]): Promise<string[]> {
  const rows = await db('inbox').select('delivery_id', 'state');
  const there = new Map(rows.map(row => [row.delivery_id, row.state]));
  const asked = new Set(load.map(idOf));
  const faults = [...asked]
    .filter(id => there.get(id) !== 'processed')
    .map(id => `${id} is ${there.get(id) ?? 'missing'}`);
  if (rows.length !== asked.size) {
    faults.push(`${rows.length} messages kept of ${asked.size} told`);
  }
  const waiting = await db('dirty_services').first('service_ref');
  if (waiting) faults.push(`${waiting.service_ref} still waits`);
  return faults;
}

/** The delivery id the intake gives an event. */
function idOf(event: object): string {
  const parsed = parseDeliveryEvent(event, NOW);
  if (!parsed.ok) {
    throw new Error(`The load is wrong at ${parsed.fault.path}`);
  }
  return sha256(canonicalJson(parsed.event));
}
