import type { Said } from '@fawkes/kit-contract';
import { say } from '../contract';
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
): Said | null {
  if (firstFactAt === null) return say('figure.no_facts');
  if (asOfMs <= startMs) return say('figure.not_begun');
  if (firstFactAt >= endMs) {
    return say('figure.before_first', { day: dayOf(firstFactAt) });
  }
  return null;
}

/** The date of an instant, in UTC. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** A span of time and what was counted in it. */
export interface Period {
  tally: Tally;
  /** Days of 86,400 s that are over. */
  elapsedDays: number;
  /** Why nothing is known of it; null when something is. */
  blank: Said | null;
  /** What the span is, for reasons: the whole window, the one before, a part. */
  span: 'window' | 'before' | 'bucket';
}

/** What a metric is worked out from. */
export interface MetricContext {
  current: Period;
  previous: Period;
  bands: BandTable;
}
