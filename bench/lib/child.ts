import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** The environment variable that carries a child's settings as JSON. */
const SETTINGS_VARIABLE = 'FAWKES_CHILD_SETTINGS';

/** What every child says once, when it takes orders. */
interface Ready {
  report: 'ready';
}

/**
 * A TypeScript module in a process of its own, so that its time, its memory and
 * its death are its own too. It is told what to do and says what it did over
 * IPC.
 */
export class Child<Order extends object> {
  readonly #process: ChildProcess;
  readonly #gone: Promise<void>;
  #dead = false;

  private constructor(module: string, settings: object, args: string[]) {
    this.#process = fork(module, [], {
      // The loader of TypeScript comes along with the parent's own arguments.
      execArgv: [...process.execArgv, ...args],
      env: { ...process.env, [SETTINGS_VARIABLE]: JSON.stringify(settings) },
    });
    this.#gone = once(this.#process, 'exit').then(() => {
      this.#dead = true;
    });
  }

  /**
   * Starts a module; resolves when it takes orders, throws when it ends before.
   *
   * @param module - its path, without extension
   * @param settings - read there with {@link readSettings}
   * @param hear - is called with every report, the first one (`ready`) included
   */
  static async start<Order extends object, Report extends { report: string }>(
    module: string,
    settings: object,
    hear: (report: Report | Ready) => void,
    args: string[] = [],
  ): Promise<Child<Order>> {
    const child = new Child<Order>(module, settings, args);
    const ready = new Promise<void>(resolve => {
      child.#process.on('message', (report: Report | Ready) => {
        hear(report);
        if (report.report === 'ready') resolve();
      });
    });
    await Promise.race([
      ready,
      child.#gone.then(() => {
        throw new Error(`${module} ended before it was ready`);
      }),
    ]);
    return child;
  }

  /** Resolves when the process has ended, however. */
  get gone(): Promise<void> {
    return this.#gone;
  }

  /** Sends an order; one to a dead process is lost, as a request would be. */
  send(order: Order): void {
    if (!this.#dead && this.#process.connected) {
      this.#process.send(order, () => {});
    }
  }

  /** Lets go of it, which it takes for the order to end. */
  async stop(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect();
    await this.#gone;
  }

  /** Its process id. */
  get pid(): number {
    return this.#process.pid!;
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#gone;
  }
}

/** The settings a child was started with. */
export function readSettings<T>(): T {
  const settings = process.env[SETTINGS_VARIABLE];
  if (!settings) throw new Error(`${SETTINGS_VARIABLE} is not set`);
  return JSON.parse(settings);
}

/** Says something to the process that started this one. */
export function tell<Report extends { report: string }>(report: Report): void {
  // Nobody hears what is said while it is being let go of.
  process.send?.(report, undefined, undefined, () => {});
}
