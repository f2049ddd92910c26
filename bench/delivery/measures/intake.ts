import { openKnex } from '../../lib/databases';
import {
  amount,
  atLeast,
  duration,
  NO_TARGET,
  spread,
} from '../../lib/figures';
import { rememberData, settled } from '../data';
import type { MeasureContext } from './context';
import { Present } from './present';
import { send } from './send';

const EVENTS_PER_SECOND = 5_000;
const BATCH = 500;
const SENDERS = 2;

/** How quickly events become durable, without and with the worker beside it. */
export async function measureIntake(context: MeasureContext): Promise<void> {
  const { backend, data, findings, options, say } = context;
  const db = openKnex(data.address);
  try {
    for (const [seed, worker] of [
      [1, true],
      [2, false],
    ] as const) {
      const present = new Present(data, seed);
      await sendAll(context, present, 10);
      await backend.order({ order: 'worker', run: worker });
      const { seconds, times } = await sendAll(
        context,
        present,
        options.batches,
      );
      present.end();
      await rememberData(db, data);
      const rate = (BATCH * options.batches) / seconds;
      say(`intake ${amount(rate)} events/s`);
      findings.figures.push({
        what: `intake over HTTP, batches of ${BATCH}, ${SENDERS} senders, to durable; ${
          worker ? 'worker busy in the same process' : 'worker elsewhere'
        }`,
        target: `≥ ${amount(EVENTS_PER_SECOND)} events/s`,
        measured: `${amount(rate)} events/s; a batch ${spread(times)}`,
        verdict: atLeast(rate, EVENTS_PER_SECOND),
      });
      const before = performance.now();
      const { count } = (await db('inbox')
        .where('state', 'received')
        .count({ count: '*' })
        .first()) as { count: string | number };
      await backend.order({ order: 'worker', run: true });
      await settled(db);
      const took = performance.now() - before;
      if (!worker) {
        findings.figures.push({
          what: '… the backlog it leaves, worked off into facts, links and roll-ups',
          target: '',
          measured: `${amount(Number(count))} events in ${duration(
            took,
          )}: ${amount((1000 * Number(count)) / took)} events/s`,
          verdict: NO_TARGET,
        });
      }
      await backend.order({ order: 'worker', run: false });
    }
  } finally {
    await db.destroy();
  }
}

async function sendAll(
  { backend }: MeasureContext,
  present: Present,
  batches: number,
): Promise<{ seconds: number; times: number[] }> {
  // Written beforehand: the sender's own work is not the backend's.
  const bodies = Array.from({ length: batches }, () =>
    JSON.stringify(present.take(BATCH)),
  );
  const times: number[] = [];
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      for (let body = bodies.pop(); body; body = bodies.pop()) {
        const from = performance.now();
        await send(backend, [], body);
        times.push(performance.now() - from);
      }
    }),
  );
  return { seconds: (performance.now() - begin) / 1000, times };
}
