import { setImmediate as breath } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { processDirty } from '../derive/processDirty';
import type { DeriveContext } from '../derive/deriveService';
import { rollUp, type RollUpContext } from '../derive/rollUp';
import { processInbox } from '../intake/processInbox';
import type { Mapper } from '../intake/mappers';

const INBOX_BATCH = 500;
const DERIVE_BATCH = 100;
const DAYS_BATCH = 400;
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

/**
 * Turns what the intake keeps into numbers: inbox → facts → derived rows →
 * roll-ups. Any number of workers share one database; all they know is in it.
 */
export class DeliveryWorker {
  readonly #options: WorkerOptions;
  #running: Promise<void> | undefined;
  #stopped = false;
  #wake: () => void = () => {};

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Starts working until {@link stop}. */
  start(): void {
    this.#running ??= this.#loop();
  }

  /** Something came in: do not wait for the next look. */
  nudge(): void {
    this.#wake();
  }

  /** Finishes what is under way and ends. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#running;
  }

  /** Works until nothing waits; for tests and scripts. */
  async settle(): Promise<void> {
    while (!this.#stopped && (await this.#turn()) > 0);
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      let pause = 0;
      try {
        if ((await this.#turn()) === 0) pause = IDLE_MS;
      } catch (error) {
        this.#options.logger.error('The delivery worker met an error', {
          error: String(error),
        });
        pause = ERROR_MS;
      }
      if (pause > 0 && !this.#stopped) await this.#rest(pause);
    }
  }

  /** One round; returns how much was done. */
  async #turn(): Promise<number> {
    const { db, logger, mappers, context, now, onDerived } = this.#options;
    const received = await processInbox(db, INBOX_BATCH, {
      now: now(),
      dayOf: context.dayOf,
      mappers,
      logger,
    });
    // SQLite answers without leaving this thread: let requests have their turn.
    await breath();
    const failures: unknown[] = [];
    const services = await processDirty(
      db,
      DERIVE_BATCH,
      { ...context, now: now() },
      (service, error) => {
        logger.error('A service could not be derived', {
          service,
          error: String(error),
        });
        failures.push(error);
      },
    );
    if (services.length > 0) onDerived(services);
    await breath();
    const days = await rollUp(db, DAYS_BATCH, context);
    // Only now, after everything else has had its turn: it will be tried again.
    if (failures.length > 0) throw failures[0];
    return received + services.length + days;
  }

  #rest(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
