import { useNow } from './useNow';

const MINUTE_MS = 60_000;

/**
 * The clock, in whole minutes since the epoch as ms: a window ends at the end
 * of today, and a page left open overnight has to move on.
 * @public
 */
export function useMinute(): number {
  return Math.floor(useNow(MINUTE_MS) / MINUTE_MS) * MINUTE_MS;
}
