import { setImmediate as breath } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';

/** How long an idle step waits before it looks again, in ms. */
const IDLE_MS = 250;
/** How long it waits after an error, in ms. */
const ERROR_MS = 2_000;

/**
 * One kind of work: does some of it, and says how much that was; 0 = nothing
 * waits. What it throws is logged, and it is tried again after a pause.
 *
 * @public
 */
export type Step = () => Promise<number>;

/**
 * What a {@link Worker} works with.
 *
 * @public
 */
export interface WorkerOptions {
  /** Whose worker it is, as the log says it. */
  name: string;
  /** Hears what steps throw. */
  logger: LoggerService;
  /** In the order in which one makes work for the next. */
  steps: readonly Step[];
}

/**
 * Goes through what waits in a database, until it is stopped. Each step runs by
 * itself, so that none waits until another has worked off its own. Any number
 * of workers share one database: all they know is in it.
 *
 * @public
 */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #resting = new Set<() => void>();
  #running: Promise<unknown> | undefined;
  #stopped = false;
  #nudges = 0;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Starts working until {@link Worker.stop}. */
  start(): void {
    const { steps } = this.#options;
    this.#running ??= Promise.all(steps.map(step => this.#repeat(step)));
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

  /** Works until nothing waits, and throws what a step throws; for tests and scripts. */
  async settle(): Promise<void> {
    for (let done = 1; done > 0 && !this.#stopped; ) {
      done = 0;
      for (const step of this.#options.steps) done += await step();
    }
  }

  async #repeat(step: Step): Promise<void> {
    const { name, logger } = this.#options;
    while (!this.#stopped) {
      const nudges = this.#nudges;
      let pause = 0;
      try {
        // What was done may be what another step waits for.
        if ((await step()) > 0) this.nudge();
        else if (nudges === this.#nudges) pause = IDLE_MS;
      } catch (error) {
        logger.error(`The ${name} worker met an error`, {
          error: String(error),
        });
        pause = ERROR_MS;
      }
      if (pause > 0 && !this.#stopped) await this.#rest(pause);
      // SQLite answers without leaving this thread: let requests have their turn.
      else await breath();
    }
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
