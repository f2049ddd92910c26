import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Address } from './databases';
import { ADDRESS_VARIABLE, type Order, type Report } from './protocol';

/** A runner in a process of its own. */
export class Child {
  readonly #process: ChildProcess;
  readonly #gone: Promise<unknown>;
  #dead = false;

  private constructor(
    address: Address,
    private readonly hear: (report: Report) => void,
  ) {
    this.#process = fork(join(__dirname, 'runner'), [], {
      // The loader of TypeScript comes along with the parent's own arguments.
      execArgv: process.execArgv,
      env: { ...process.env, [ADDRESS_VARIABLE]: JSON.stringify(address) },
    });
    this.#gone = once(this.#process, 'exit').then(() => {
      this.#dead = true;
    });
  }

  /** Starts a runner; resolves when it takes orders. */
  static async start(
    address: Address,
    hear: (report: Report) => void,
  ): Promise<Child> {
    let ready: () => void = () => {};
    const started = new Promise<void>(resolve => {
      ready = resolve;
    });
    const child = new Child(address, report => {
      if (report.report === 'ready') ready();
      else hear(report);
    });
    child.#process.on('message', (report: Report) => child.hear(report));
    await Promise.race([
      started,
      child.#gone.then(() => {
        throw new Error('The runner ended before it was ready');
      }),
    ]);
    return child;
  }

  /** Resolves when the process has ended, however. */
  get gone(): Promise<unknown> {
    return this.#gone;
  }

  /** Sends an order; one to a dead process is lost, as a request would be. */
  send(order: Order): void {
    if (!this.#dead && this.#process.connected) {
      this.#process.send(order, () => {});
    }
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#gone;
  }
}
