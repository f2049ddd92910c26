import { RateLimiterMemory } from 'rate-limiter-flexible';
import { TooManyRequestsError } from './errors';

/** How many refusals somebody gets before the answer is "too many". @public */
export interface RefusalLimits {
  /** Within `seconds`, for one caller or address. */
  refusals: number;
  /** Requests of anybody from one address, on routes that are open to anybody. */
  anonymous: number;
  /** Length of the window. */
  seconds: number;
}

/** Usual limits: 300 refusals or anonymous requests a minute. @public */
export const REFUSALS: RefusalLimits = {
  refusals: 300,
  anonymous: 300,
  seconds: 60,
};

/**
 * Counts what was refused. Whoever is refused again and again is told so sooner,
 * without asking the permission framework and without another line in the audit
 * log. Callers that are let in are never counted, so one that misbehaves behind
 * a shared address locks nobody out.
 * @public
 */
export class Refusals {
  readonly #refused: RateLimiterMemory;
  readonly #anonymous: RateLimiterMemory;

  constructor({ refusals, anonymous, seconds }: RefusalLimits = REFUSALS) {
    this.#refused = new RateLimiterMemory({
      points: refusals,
      duration: seconds,
    });
    this.#anonymous = new RateLimiterMemory({
      points: anonymous,
      duration: seconds,
    });
  }

  /** @throws TooManyRequestsError when `who` has been refused too often already */
  async check(who: string): Promise<void> {
    const state = await this.#refused.get(who);
    if (state && state.consumedPoints > this.#refused.points) {
      throw tooMany(state.msBeforeNext);
    }
  }

  /** Counts a refusal. */
  async count(who: string): Promise<void> {
    await this.#refused.penalty(who);
  }

  /** @throws TooManyRequestsError when an address asks too often without a name */
  async anonymous(address: string): Promise<void> {
    const state = await this.#anonymous.penalty(address);
    if (state.consumedPoints > this.#anonymous.points) {
      throw tooMany(state.msBeforeNext);
    }
  }
}

function tooMany(ms: number): TooManyRequestsError {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return new TooManyRequestsError(
    `Too many of these requests were refused or came without a name; ask again in ${seconds} s`,
    seconds,
  );
}
