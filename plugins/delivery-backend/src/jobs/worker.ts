import { setImmediate as breath } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { processDirty } from '../derive/processDirty';
import type { DeriveContext } from '../derive/deriveServices';
import { rollUp, type RollUpContext } from '../derive/rollUp';
import { processInbox } from '../intake/processInbox';
import type { Mapper } from '../intake/mappers';

const INBOX_BATCH = 500;
const DERIVE_BATCH = 100;
const DAYS_BATCH = 2_000;
/** How long an idle worker waits before it looks again, in ms. */
const IDLE_MS = 250;
/** How long it waits after an error, in ms. */
const ERROR_MS = 2_000;

/** What a worker works with. */
export interface WorkerOptions {
  db: Knex;
  logger: LoggerService;
  mappers: ReadonlyMap<string, Mapper>;
  context: Omit<DeriveContext, 'now'> & RollUpContext;
  now: () => number;
  /** Told after services have new numbers. */
  onDerived(services: string[]): void;
}

/** One kind of work; says how much it did. */
type Step = () => Promise<number>;

/**
 * Turns what the intake keeps into numbers: inbox → facts → derived rows →
 * roll-ups. Each step runs by itself, so that none waits until another has
 * worked off its own. Any number of workers share one database; all they know
 * is in it.
 */
export class DeliveryWorker {
  readonly #options: WorkerOptions;
  readonly #steps: readonly Step[] = [
    () => this.#receive(),
    () => this.#derive(),
    () => this.#rollUp(),
  ];
  readonly #resting = new Set<() => void>();
  #running: Promise<unknown> | undefined;
  #stopped = false;
  #nudges = 0;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Starts working until {@link stop}. */
  start(): void {
    this.#running ??= Promise.all(this.#steps.map(step => this.#repeat(step)));
  }

  /** Something came in: do not wait for the next look. */
  nudge(): void {
    this.#nudges += 1;
    for (const wake of this.#resting) wake();
  }

  /** Finishes what is under way and ends. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.nudge();
    await this.#running;
  }

  /** Works until nothing waits; for tests and scripts. */
  async settle(): Promise<void> {
    for (let done = 1; done > 0 && !this.#stopped; ) {
      done = 0;
      for (const step of this.#steps) done += await step();
    }
  }

  async #repeat(step: Step): Promise<void> {
    while (!this.#stopped) {
      const nudges = this.#nudges;
      let pause = 0;
      try {
        // What was done may be what another step waits for.
        if ((await step()) > 0) this.nudge();
        else if (nudges === this.#nudges) pause = IDLE_MS;
      } catch (error) {
        this.#options.logger.error('The delivery worker met an error', {
          error: String(error),
        });
        pause = ERROR_MS;
      }
      if (pause > 0 && !this.#stopped) await this.#rest(pause);
      // SQLite answers without leaving this thread: let requests have their turn.
      else await breath();
    }
  }

  async #receive(): Promise<number> {
    const { db, logger, mappers, context, now } = this.#options;
    return processInbox(db, INBOX_BATCH, {
      now: now(),
      dayOf: context.dayOf,
      mappers,
      logger,
    });
  }

  async #derive(): Promise<number> {
    const { db, logger, context, now, onDerived } = this.#options;
    const failures: unknown[] = [];
    const services = await processDirty(
      db,
      DERIVE_BATCH,
      { ...context, now: now() },
      (affected, error) => {
        if (affected.length > 1) {
          logger.warn('Services could not be derived; taking them one by one', {
            services: affected.length,
            error: String(error),
          });
          return;
        }
        logger.error('A service could not be derived', {
          service: affected[0],
          error: String(error),
        });
        failures.push(error);
      },
    );
    if (services.length > 0) onDerived(services);
    // Only now, after everything else has had its turn: it will be tried again.
    if (failures.length > 0) throw failures[0];
    return services.length;
  }

  async #rollUp(): Promise<number> {
    return rollUp(this.#options.db, DAYS_BATCH, this.#options.context);
  }

  async #rest(ms: number): Promise<void> {
    let end = () => {};
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms);
      end = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#resting.add(end);
    });
    this.#resting.delete(end);
  }
}
