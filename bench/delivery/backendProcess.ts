import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import {
  SETTINGS_VARIABLE,
  type BackendSettings,
  type Order,
  type Report,
} from './protocol';

/** A backend in a child process, with its memory watched. */
export class BackendProcess {
  readonly #child: ChildProcess;
  #port = 0;
  #rss = 0;
  #idle = 0;
  #peak = 0;
  #waiting: { resolve(seconds: number): void; reject(error: Error): void }[] =
    [];

  private constructor(settings: BackendSettings) {
    this.#child = fork(join(__dirname, 'backend'), [], {
      // The loader of TypeScript comes along with the parent's own arguments.
      execArgv: [...process.execArgv, '--expose-gc'],
      env: {
        ...process.env,
        [SETTINGS_VARIABLE]: JSON.stringify(settings),
      },
    });
  }

  /** Starts a backend and waits until it answers and has come to rest. */
  static async start(settings: BackendSettings): Promise<BackendProcess> {
    const backend = new BackendProcess(settings);
    await new Promise<void>((resolve, reject) => {
      backend.#child.on('message', (report: Report) => {
        if (report.report === 'ready') {
          backend.#port = report.port;
          resolve();
        }
        backend.#hear(report);
      });
      backend.#child.on('exit', code => {
        const error = new Error(`The backend ended with ${code}`);
        reject(error);
        backend.#waiting.splice(0).forEach(({ reject: fail }) => fail(error));
      });
    });
    await backend.order({ order: 'gc' });
    await new Promise(resolve => {
      setTimeout(resolve, 1_000);
    });
    backend.#idle = backend.#rss;
    backend.#peak = backend.#rss;
    return backend;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Most memory above idle since the last call, MiB. */
  takePeak(): number {
    const peak = (this.#peak - this.#idle) / 2 ** 20;
    this.#peak = this.#rss;
    return Math.max(0, peak);
  }

  get idleMiB(): number {
    return this.#idle / 2 ** 20;
  }

  /** Has something done; resolves with the seconds it took. */
  order(order: Order): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.send(order);
    });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise(resolve => {
      this.#child.once('exit', resolve);
    });
    this.#child.disconnect();
    await ended;
  }

  #hear(report: Report): void {
    if (report.report === 'memory') {
      this.#rss = report.rss;
      this.#peak = Math.max(this.#peak, report.rss);
    } else if (report.report === 'done') {
      this.#waiting.shift()?.resolve(report.seconds);
    } else if (report.report === 'failed') {
      this.#waiting.shift()?.reject(new Error(report.reason));
    }
  }
}
