import { setTimeout as wait } from 'node:timers/promises';

/** Passing time. It only grows and is no time of day. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  /** Milliseconds since 1970: the time of day, which may jump. */
  time(): number;
  /** @throws the signal's reason when it aborts */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The time of this process. */
export const systemClock: Clock = {
  now: () => performance.now(),
  time: () => Date.now(),
  async sleep(milliseconds, signal) {
    try {
      await wait(milliseconds, undefined, { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};

/** Seconds since a moment of this clock, to the millisecond. */
export function secondsSince(clock: Clock, moment: number): number {
  return Math.round(clock.now() - moment) / 1_000;
}
