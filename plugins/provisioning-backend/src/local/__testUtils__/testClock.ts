import type { Clock } from '../clock';

const MOST_WAITED = 10_000;

/** Real time, and hours that pass when a test says so. */
export class TestClock implements Clock {
  private ahead = 0;
  private readonly sleepers: Array<{ until: number; wake: () => void }> = [];

  now(): number {
    return performance.now() + this.ahead;
  }

  time(): number {
    return Date.now() + this.ahead;
  }

  /** What is short is really waited for. */
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const until = this.now() + milliseconds;
      const timer =
        milliseconds <= MOST_WAITED
          ? setTimeout(resolve, milliseconds)
          : undefined;
      this.sleepers.push({ until, wake: resolve });
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    });
  }

  /** Lets time pass for everybody who sleeps. */
  async pass(milliseconds: number): Promise<void> {
    this.ahead += milliseconds;
    for (const { until, wake } of this.sleepers) {
      if (until <= this.now()) wake();
    }
    await new Promise(resolve => setImmediate(resolve));
  }
}
