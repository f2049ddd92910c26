import { setTimeout as pause } from 'node:timers/promises';
import {
  canonicalJson,
  parseDeliveryEvent,
} from '@fawkes/backstage-plugin-delivery-common';
import { sha256 } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { answersOf } from './answers';
import { Child } from './child';
import { createDatabase, openStore, type Address } from './databases';
import { makeLoad, NOW, seeded } from './load';
import type { Options } from './options';
import type { Report } from './protocol';

const BATCH = 200;
/** Batches under way at the same time. */
const ABREAST = 4;

/**
 * A load is told twice: once in peace, and once to a process that is killed
 * again and again. Both have to end with the same facts and numbers.
 *
 * @returns what went wrong; nothing is the aim
 */
export async function crashOn(
  client: Address['client'],
  options: Options,
  say: (text: string) => void,
): Promise<string[]> {
  const load = makeLoad(options.events, options.seed);
  const calm = await createDatabase(client, 'soak_calm');
  const torn = await createDatabase(client, 'soak_torn');
  try {
    const peace = await tellLoad(calm, load, 0, options.seed, say);
    const war = await tellLoad(torn, load, options.kills, options.seed, say);
    const faults = [...peace, ...war];
    const [before, after] = await Promise.all([
      openStore(calm),
      openStore(torn),
    ]);
    faults.push(...(await missing(after, load)));
    const expected = await answersOf(before);
    const found = await answersOf(after);
    for (const [name, answer] of expected) {
      if (found.get(name) !== answer) {
        faults.push(`${name}:\n  ${answer}\n  ${found.get(name)}`);
      }
    }
    await Promise.all([before.destroy(), after.destroy()]);
    say(`${expected.size} tables and answers compared`);
    return faults;
  } finally {
    await calm.drop();
    await torn.drop();
  }
}

/** Tells everything, starting again after each death; returns faults. */
async function tellLoad(
  address: Address,
  load: readonly object[],
  kills: number,
  seed: number,
  say: (text: string) => void,
): Promise<string[]> {
  const random = seeded(seed * 7_919 + 1);
  const batches = Math.ceil(load.length / BATCH);
  const open = Array.from({ length: batches }, (_, batch) => batch).reverse();
  const under = new Set<number>();
  const faults: string[] = [];
  let told = 0;
  let accepted = 0;
  let settled = false;
  let child: Child | undefined;

  const hear = (report: Report) => {
    if (report.report === 'failed') faults.push(report.error);
    if (report.report === 'settled') settled = true;
    if (report.report !== 'told') return;
    under.delete(report.batch);
    told += 1;
    accepted += report.accepted;
    if (report.rejected > 0) faults.push(`${report.rejected} events rejected`);
    feed();
  };
  const feed = () => {
    while (child && under.size < ABREAST && open.length > 0) {
      const batch = open.pop()!;
      under.add(batch);
      const start = batch * BATCH;
      const events = load.slice(start, start + BATCH);
      child.send({ order: 'tell', batch, events });
    }
    if (under.size === 0 && open.length === 0) child?.send({ order: 'settle' });
  };

  const started = Date.now();
  for (let death = 0; death <= kills; death++) {
    child = await Child.start(address, hear);
    feed();
    if (death === kills) {
      await child.gone;
    } else {
      // Dies after its share of the load, at a moment nobody chose; the last
      // ones die while the rest is being worked off.
      const share = Math.round((batches * 0.9 * (death + 1)) / (kills + 1));
      while (told < share && !settled) await pause(5);
      await pause(random() * 400);
      await child.kill();
      say(`death ${death + 1}: ${told} of ${batches} batches acknowledged`);
    }
    if (settled) break;
    // Whoever got no answer sends again.
    open.push(...under);
    under.clear();
  }
  if (!settled) faults.push('The last process ended before it had settled');
  const unique = new Set(load.map(event => idOf(event))).size;
  if (accepted > unique) faults.push(`${accepted - unique} events twice`);
  const seconds = (Date.now() - started) / 1_000;
  say(`${load.length} events and ${kills} deaths in ${seconds.toFixed(0)} s`);
  return faults;
}

/** Events that were told and are not there exactly once, and processed. */
async function missing(db: Knex, load: readonly object[]): Promise<string[]> {
  const rows = await db('inbox').select('delivery_id', 'state');
  const there = new Map(rows.map(row => [row.delivery_id, row.state]));
  const asked = new Set(load.map(event => idOf(event)));
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
