import { TooManyRequestsError } from './errors';

/** How many bytes of bodies a process holds for callers. @public */
export interface InFlightLimits {
  /** For one caller. */
  perCaller: number;
  /** For all together. */
  inAll: number;
}

/** Usual limits: 32 MiB of one caller, 128 MiB of all. @public */
export const IN_FLIGHT: InFlightLimits = {
  perCaller: 32 * 1024 * 1024,
  inAll: 128 * 1024 * 1024,
};

/**
 * Bodies being read and worked on. Senders are held back by what they have in
 * flight, not by how often they send: many small batches are as welcome as few
 * large ones.
 */
export class InFlight {
  readonly #byCaller = new Map<string, number>();
  #all = 0;

  constructor(private readonly limits: InFlightLimits = IN_FLIGHT) {}

  /**
   * Takes up a body until it is let go of. That is when nobody works on it any
   * more: a caller that hangs up early does not end the work on what it sent.
   *
   * @returns lets go of the body
   * @throws TooManyRequestsError when the caller, or everybody together, has too
   *   much in flight
   */
  hold(caller: string, bytes: number): () => void {
    const held = this.#byCaller.get(caller) ?? 0;
    const { perCaller, inAll } = this.limits;
    // One body always fits, however the limits are set.
    if (held > 0 && held + bytes > perCaller) {
      throw new TooManyRequestsError(
        `You have ${held} bytes in flight, and ${perCaller} may be; wait for an answer before sending more`,
        1,
      );
    }
    if (this.#all > 0 && this.#all + bytes > inAll) {
      throw new TooManyRequestsError(
        'More is being sent to this backend than it can hold; send it again in a second',
        1,
      );
    }
    this.#byCaller.set(caller, held + bytes);
    this.#all += bytes;
    return () => {
      const left = (this.#byCaller.get(caller) ?? 0) - bytes;
      if (left > 0) this.#byCaller.set(caller, left);
      else this.#byCaller.delete(caller);
      this.#all -= bytes;
    };
  }
}
