import type { BandTable } from './bands';
import type { Tally } from './tally';

/**
 * Why nothing can be said at all, or null. One sentence for every metric, so
 * that a page without facts explains itself once.
 */
export function blankReason(
  firstFactAt: number | null,
  startMs: number,
  endMs: number,
  asOfMs: number,
): string | null {
  if (firstFactAt === null) {
    return 'No deployment has been received for this scope yet';
  }
  if (asOfMs <= startMs) return 'This period has not begun yet';
  if (firstFactAt >= endMs) {
    const day = new Date(firstFactAt).toISOString().slice(0, 10);
    return `The first deployment known of this scope is of ${day}, after this period`;
  }
  return null;
}

/** A span of time and what was counted in it. */
export interface Period {
  tally: Tally;
  /** Days of 86,400 s that are over. */
  elapsedDays: number;
  /** Why nothing is known of it; null when something is. */
  blank: string | null;
  /** Names the span in reasons: "in this window". */
  name: string;
}

/** What a metric is worked out from. */
export interface MetricContext {
  current: Period;
  previous: Period;
  bands: BandTable;
}
