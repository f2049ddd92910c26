import type { DeliveryEvent } from '@fawkes/backstage-plugin-delivery-common';
import { tallyFromJson } from '@fawkes/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { openKnex } from '../../lib/databases';
import {
  amount,
  below,
  NO_TARGET,
  percentile,
  spread,
} from '../../lib/figures';
import { pause, rememberData, settled } from '../data';
import { NOW } from '../world';
import type { MeasureContext } from './context';
import { Present } from './present';
import { send } from './send';

const EVENTS_PER_SECOND = 500;
const REQUESTS_PER_SECOND = 10;
const VISIBLE_MS = 2_000;
const POLL_MS = 25;
/** Looking takes a share of the machine; so much longer than a look is the pause after it. */
const REST = 4;

/**
 * How long a deployment takes from being sent to being seen, at a steady pace:
 * in its service's view (derived rows) and in wide views (roll-ups).
 */
export async function measureLive(context: MeasureContext): Promise<void> {
  const { backend, data, findings, options, say } = context;
  const db = openKnex(data.address);
  try {
    await backend.order({ order: 'worker', run: true });
    const present = new Present(data, 3);
    const derived = new DerivedWatch(db);
    const rolledUp = new RollUpWatch(
      db,
      data.world.stories.flatMap(({ services }) =>
        services.map(({ ref }) => ref),
      ),
    );
    await rolledUp.begin();
    const sent: Promise<void>[] = [];
    const begin = performance.now();
    let watching = true;
    const watches = [derived, rolledUp].map(async watch => {
      while (watching || watch.open > 0) {
        const from = performance.now();
        await watch.look();
        await pause(Math.max(POLL_MS, REST * (performance.now() - from)));
      }
    });
    const requests = options.seconds * REQUESTS_PER_SECOND;
    for (let i = 0; i < requests; i++) {
      const due = begin + (1000 * i) / REQUESTS_PER_SECOND;
      await pause(Math.max(0, due - performance.now()));
      const events = present.take(EVENTS_PER_SECOND / REQUESTS_PER_SECOND);
      const at = performance.now();
      derived.expect(events, at);
      rolledUp.expect(events, at);
      sent.push(send(backend, events));
    }
    await Promise.all(sent);
    const took = (performance.now() - begin) / 1000;
    watching = false;
    await Promise.all(watches);
    present.end();
    await rememberData(db, data);
    await settled(db);
    const rate = (requests * EVENTS_PER_SECOND) / REQUESTS_PER_SECOND / took;
    say(`live ${spread(derived.times)}`);
    findings.figures.push(
      {
        what: `event sent → derived and visible in its service's view, at ${amount(
          rate,
        )} events/s for ${options.seconds} s`,
        target: `p95 < ${VISIBLE_MS / 1000} s`,
        measured: spread(derived.times),
        verdict: below(percentile(derived.times, 0.95), VISIBLE_MS),
      },
      {
        what: '… and visible in wide views (rolled up)',
        target: '',
        measured: spread(rolledUp.times),
        verdict: NO_TARGET,
      },
    );
    await backend.order({ order: 'worker', run: false });
  } finally {
    await db.destroy();
  }
}

/** Waits for the derived rows of deployments. */
class DerivedWatch {
  readonly times: number[] = [];
  readonly #sent = new Map<string, number>();

  constructor(private readonly db: Knex) {}

  get open(): number {
    return this.#sent.size;
  }

  expect(events: readonly DeliveryEvent[], at: number): void {
    for (const event of events) {
      if (event.type === 'deployment') this.#sent.set(event.id, at);
    }
  }

  async look(): Promise<void> {
    if (this.open === 0) return;
    const rows: Array<{ ext_id: string }> = await this.db('deployments')
      .whereIn('ext_id', [...this.#sent.keys()])
      .select('ext_id');
    const now = performance.now();
    for (const { ext_id } of rows) {
      const at = this.#sent.get(ext_id);
      if (at === undefined) continue;
      this.times.push(now - at);
      this.#sent.delete(ext_id);
    }
  }
}

/** Waits for the roll-ups of services to have counted their successes of today. */
class RollUpWatch {
  readonly times: number[] = [];
  readonly #counted = new Map<string, number>();
  readonly #expected = new Map<string, number>();
  readonly #sent: Array<{ service: string; count: number; at: number }> = [];

  constructor(
    private readonly db: Knex,
    private readonly services: readonly string[],
  ) {}

  get open(): number {
    return this.#sent.length;
  }

  async begin(): Promise<void> {
    await this.#read(this.services);
    for (const [service, count] of this.#counted) {
      this.#expected.set(service, count);
    }
  }

  expect(events: readonly DeliveryEvent[], at: number): void {
    for (const event of events) {
      // One that is found by its repository says so to nobody but the backend.
      if (event.type !== 'deployment' || !event.service) continue;
      if (event.status !== 'success') continue;
      const count = (this.#expected.get(event.service) ?? 0) + 1;
      this.#expected.set(event.service, count);
      this.#sent.push({ service: event.service, count, at });
    }
  }

  async look(): Promise<void> {
    if (this.open === 0) return;
    await this.#read([...new Set(this.#sent.map(({ service }) => service))]);
    const now = performance.now();
    const left = this.#sent.filter(({ service, count, at }) => {
      const seen = (this.#counted.get(service) ?? 0) >= count;
      if (seen) this.times.push(now - at);
      return !seen;
    });
    this.#sent.splice(0, this.#sent.length, ...left);
  }

  async #read(services: readonly string[]): Promise<void> {
    const rows: Array<{ service_ref: string; tally: string }> = await this.db(
      'rollup_service_days',
    )
      .where({
        unit: 'commit',
        day: new Date(NOW).toISOString().slice(0, 10),
      })
      .whereIn('service_ref', [...services])
      .select('service_ref', 'tally');
    for (const { service_ref, tally } of rows) {
      this.#counted.set(
        service_ref,
        tallyFromJson(JSON.parse(tally)).deployments,
      );
    }
  }
}
