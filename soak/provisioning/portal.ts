import { join } from 'node:path';
import { Child } from '../../bench/lib/child';
import { Api } from '../../bench/provisioning/ask';
import { descendantsOf } from '../lib/processes';
import type { MortalSettings, Order, Report } from './protocol';

/** How long it may take to come to a moment, ms: an install on a busy machine. */
const THERE_MS = 180_000;

/** A backend that can be killed, and its API while it lives. */
export class Portal {
  #child!: Child<Order>;
  #port = 0;
  #there: () => void = () => {};

  private constructor() {}

  static async start(settings: MortalSettings): Promise<Portal> {
    const portal = new Portal();
    portal.#child = await Child.start<Order, Report>(
      join(__dirname, 'mortal'),
      settings,
      report => {
        if (report.report === 'serving') portal.#port = report.port;
        if (report.report === 'there') portal.#there();
      },
    );
    return portal;
  }

  get pid(): number {
    return this.#child.pid;
  }

  get api(): Api {
    return new Api(`http://127.0.0.1:${this.#port}`);
  }

  /** Lets it come to a moment; resolves when it is there. */
  async until(order: Order, begin: () => Promise<void>): Promise<void> {
    const { type, moment } = order;
    let timer: NodeJS.Timeout | undefined;
    const there = new Promise<void>((resolve, reject) => {
      this.#there = resolve;
      timer = setTimeout(
        () => reject(new Error(`It never came to ${moment} ${type}`)),
        THERE_MS,
      );
    });
    this.#child.send(order);
    try {
      await begin();
      await there;
    } finally {
      clearTimeout(timer);
    }
  }

  /** kill -9 of the process alone, or of all it has started as well. */
  async kill(withChildren: boolean): Promise<void> {
    const children = withChildren ? descendantsOf(this.pid) : [];
    await this.#child.kill();
    for (const { pid } of children) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        // Those in a sandbox of it died with it.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }

  async stop(): Promise<void> {
    await this.#child.stop();
  }
}
