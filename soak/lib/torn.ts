import { setTimeout as pause } from 'node:timers/promises';
import { Child, readSettings, tell } from '../../bench/lib/child';
import type { DatabaseAddress } from '../../bench/lib/databases';
import { Random } from '../../bench/lib/random';

/** What a soak asks of a process it may kill. */
export type Order =
  | { order: 'tell'; batch: number; items: object[] }
  /** Work until nothing waits. */
  | { order: 'settle' };

/** What such a process answers; a `told` promises that the batch is durable. */
export type Report =
  | { report: 'told'; batch: number; accepted: number; rejected: number }
  | { report: 'settled' }
  | { report: 'failed'; error: string };

/** A family's backend without HTTP. */
export interface Teller {
  /** Resolves when what it took is durable. */
  tell(items: object[]): Promise<{ accepted: number; rejected: number }>;
  /** Works until nothing waits, and lets go of the database. */
  settle(): Promise<void>;
}

/**
 * The body of a process that {@link tellTorn} starts: takes orders until it is
 * killed or has settled.
 */
export async function serveTorn(
  start: (
    database: DatabaseAddress,
    onError: (error: unknown) => void,
  ) => Promise<Teller>,
): Promise<void> {
  const fail = (error: unknown) =>
    tell<Report>({ report: 'failed', error: String(error) });
  const teller = await start(readSettings<DatabaseAddress>(), fail);
  const obey = async (order: Order) => {
    if (order.order === 'tell') {
      const { accepted, rejected } = await teller.tell(order.items);
      tell<Report>({
        report: 'told',
        batch: order.batch,
        accepted,
        rejected,
      });
      return;
    }
    await teller.settle();
    tell<Report>({ report: 'settled' });
    process.disconnect();
  };
  process.on('message', (order: Order) => {
    obey(order).catch(fail);
  });
  tell({ report: 'ready' });
}

/** A load, and how it is told. */
export interface Telling {
  /** The module that calls {@link serveTorn}. */
  module: string;
  database: DatabaseAddress;
  load: readonly object[];
  /** How often the process is killed meanwhile. */
  kills: number;
  /** Of the moments of death. */
  seed: number;
  say(text: string): void;
}

const BATCH = 200;
/** Batches under way at the same time. */
const ABREAST = 4;

/**
 * Tells a whole load to a process that is killed (`kill -9`) again and again,
 * starting it anew after each death and telling again what got no answer.
 *
 * @returns how many items were accepted, and what went wrong on the way
 */
export async function tellTorn({
  module,
  database,
  load,
  kills,
  seed,
  say,
}: Telling): Promise<{ accepted: number; faults: string[] }> {
  const random = new Random(seed, kills);
  const batches = Math.ceil(load.length / BATCH);
  const open = Array.from({ length: batches }, (_, batch) => batch).reverse();
  const under = new Set<number>();
  const faults: string[] = [];
  let told = 0;
  let accepted = 0;
  let settled = false;
  let child: Child<Order> | undefined;

  const feed = () => {
    while (child && under.size < ABREAST && open.length > 0) {
      const batch = open.pop()!;
      under.add(batch);
      const start = batch * BATCH;
      const items = load.slice(start, start + BATCH);
      child.send({ order: 'tell', batch, items });
    }
    if (under.size === 0 && open.length === 0) child?.send({ order: 'settle' });
  };
  const hear = (report: Report | { report: 'ready' }) => {
    if (report.report === 'failed') faults.push(report.error);
    if (report.report === 'settled') settled = true;
    if (report.report !== 'told') return;
    under.delete(report.batch);
    told += 1;
    accepted += report.accepted;
    if (report.rejected > 0) faults.push(`${report.rejected} items rejected`);
    feed();
  };

  const started = Date.now();
  for (let death = 0; death <= kills; death++) {
    child = await Child.start<Order, Report>(module, database, hear);
    feed();
    if (death === kills) {
      await child.gone;
    } else {
      // Dies after its share of the load, at a moment nobody chose; the last
      // ones die while the rest is being worked off.
      const share = Math.round((batches * 0.9 * (death + 1)) / (kills + 1));
      while (told < share && !settled) await pause(5);
      await pause(random.next() * 400);
      await child.kill();
      say(`death ${death + 1}: ${told} of ${batches} batches acknowledged`);
    }
    if (settled) break;
    // Whoever got no answer sends again.
    open.push(...under);
    under.clear();
  }
  if (!settled) faults.push('The last process ended before it had settled');
  const seconds = (Date.now() - started) / 1_000;
  say(`${load.length} items and ${kills} deaths in ${seconds.toFixed(0)} s`);
  return { accepted, faults };
}
