import { Child } from './child';
import type { BackendReport, GarbageOrder } from './serve';

/**
 * A backend in a child process, with its memory watched. The module serves with
 * {@link serveBackend}.
 */
export class BackendProcess<Order extends object> {
  #child!: Child<Order | GarbageOrder>;
  #port = 0;
  #rss = 0;
  #idle = 0;
  #peak = 0;
  #ended = false;
  readonly #waiting: {
    resolve(seconds: number): void;
    reject(error: Error): void;
  }[] = [];

  private constructor() {}

  /** Starts a backend and waits until it answers and has come to rest. */
  static async start<O extends object>(
    module: string,
    settings: object,
  ): Promise<BackendProcess<O>> {
    const backend = new BackendProcess<O>();
    backend.#child = await Child.start<O | GarbageOrder, BackendReport>(
      module,
      settings,
      report => backend.#hear(report),
      ['--expose-gc'],
    );
    backend.#child.gone.then(() => {
      backend.#ended = true;
      backend.#fail('The backend ended');
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
  order(order: Order | GarbageOrder): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#ended) throw new Error('The backend has ended');
      this.#waiting.push({ resolve, reject });
      this.#child.send(order);
    });
  }

  async stop(): Promise<void> {
    await this.#child.stop();
  }

  #hear(report: BackendReport | { report: 'ready' }): void {
    if (report.report === 'serving') {
      this.#port = report.port;
    } else if (report.report === 'memory') {
      this.#rss = report.rss;
      this.#peak = Math.max(this.#peak, report.rss);
    } else if (report.report === 'done') {
      this.#waiting.shift()?.resolve(report.seconds);
    } else if (report.report === 'failed') {
      this.#fail(report.reason);
    }
  }

  #fail(reason: string): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason));
  }
}
