import { secondsSince, type Clock } from '../clock';
import { statusOf, type Connect } from './callService';

/** What healthy means. */
export interface HealthRules {
  /** Path that answers 200 as long as the process is well. */
  health: string;
  /** Path that answers 200 when it can do its work. */
  ready: string;
  /** How many times in a row it has to be ready. */
  times: number;
  /** Milliseconds between two questions. */
  every: number;
  /** Milliseconds after which it is given up. */
  within: number;
}

/** Well once, and then ready three times in a row, a second apart, within a minute. */
export const HEALTH_RULES: HealthRules = {
  health: '/health',
  ready: '/ready',
  times: 3,
  every: 1_000,
  within: 60_000,
};

/** When a service was what. */
export interface HealthTimes {
  /** Seconds to the first 200 of its health. */
  health: number;
  /** Seconds to the last 200 in a row of its readiness. */
  ready: number;
}

/** Why a service is not healthy. */
export interface Unhealthy {
  why: 'exited' | 'limit' | 'silent' | 'not-ready';
  /** Its exit code, or the last status it answered with. */
  code: number | null;
}

/** How a service is looked after. */
export interface HealthQuestion {
  /** The way to the process. */
  connect: Connect;
  /** The way to what people will call. */
  address: Connect;
  rules: HealthRules;
  host: string;
  clock: Clock;
  /** The moment that seconds are counted from, of the same clock. */
  begun: number;
  /** Tells why it ended, once it has. */
  exited(): Unhealthy | undefined;
  signal?: AbortSignal;
}

/** How long one answer may take, in milliseconds. */
const PATIENCE = 2_000;

/**
 * Waits until a service is healthy.
 *
 * @throws the signal's reason when it aborts
 */
export async function becomeHealthy(
  question: HealthQuestion,
): Promise<HealthTimes | Unhealthy> {
  const { rules, clock, begun, signal, exited, host } = question;
  const until = clock.now() + rules.within;
  let health: number | null = null;
  let last: number | undefined;
  let inARow = 0;
  for (;;) {
    signal?.throwIfAborted();
    if (health === null) {
      last = await statusOf(question.connect, rules.health, host, PATIENCE);
      if (last === 200) health = secondsSince(clock, begun);
    }
    if (health !== null) {
      last = await statusOf(question.address, rules.ready, host, PATIENCE);
      inARow = last === 200 ? inARow + 1 : 0;
      if (inARow >= rules.times) {
        return { health, ready: secondsSince(clock, begun) };
      }
    }
    const end = exited();
    if (end) return end;
    if (clock.now() >= until) break;
    // Often at first: that is when somebody waits for it.
    const pause = health === null ? Math.min(100, rules.every) : rules.every;
    await clock.sleep(pause, signal);
  }
  return last === undefined
    ? { why: 'silent', code: null }
    : { why: 'not-ready', code: last };
}

/** Whether it is the times of a healthy service. */
export function isHealthy(
  result: HealthTimes | Unhealthy,
): result is HealthTimes {
  return 'ready' in result;
}
