import type { Trend } from '../contract';
import type { Figure } from '@fawkes/kit-contract';
import { knownFigure } from './figure';
import type { Sample } from './sample';

/**
 * Comparison of two periods. A difference is only called better or worse when
 * chance alone would hardly have made it: each test below is two-sided and
 * cries wolf about once in ten times at most when nothing has changed.
 */
const Z = 1.64;

/** Fewer than this on either side prove nothing. */
const SMALL = 5;

/**
 * Share of the previous value within which two figures are the same: as
 * precise as a sketched percentile is.
 */
const SAME = 0.01;

/** Two figures to compare. @public */
export interface TrendQuestion {
  /** The figure of the window. */
  current: Figure;
  /** The figure of the window before. */
  previous: Figure;
  /** The direction that is good news. */
  better: 'higher' | 'lower';
  /** Asked only when both are known and differ. */
  isNoise: () => boolean;
}

/** Says how a figure moved; unknown when either side is. @public */
export function trendOf(question: TrendQuestion): Trend {
  const { current, previous, better } = question;
  if (current.value === null) {
    return { previous, difference: current, verdict: 'unknown' };
  }
  if (previous.value === null) {
    return { previous, difference: previous, verdict: 'unknown' };
  }
  const difference = current.value - previous.value;
  const verdict = () => {
    if (Math.abs(difference) <= SAME * Math.abs(previous.value)) return 'same';
    if (question.isNoise()) return 'noise';
    return difference > 0 === (better === 'higher') ? 'better' : 'worse';
  };
  return { previous, difference: knownFigure(difference), verdict: verdict() };
}

/**
 * Rates: two-proportion z-test with the pooled rate.
 * @public
 */
export function rateDifferenceIsNoise(
  a: { hits: number; of: number },
  b: { hits: number; of: number },
): boolean {
  if (a.of < SMALL || b.of < SMALL) return true;
  const pooled = (a.hits + b.hits) / (a.of + b.of);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.of + 1 / b.of));
  return Math.abs(a.hits / a.of - b.hits / b.of) < Z * error;
}

/**
 * Counts over time: if the rate had not changed, each of all the events would
 * fall into a period with the share that period has of the time (the
 * conditional test of two Poisson rates).
 * @public
 */
export function countDifferenceIsNoise(
  a: { count: number; days: number },
  b: { count: number; days: number },
): boolean {
  const all = a.count + b.count;
  if (all < SMALL || a.days <= 0 || b.days <= 0) return true;
  const share = a.days / (a.days + b.days);
  const error = Math.sqrt(all * share * (1 - share));
  return Math.abs(a.count - all * share) < Z * error;
}

/**
 * Medians of durations, which are anything but normal: the confidence interval
 * of a median lies between two ranks, whatever the distribution. Two medians
 * differ when they are further apart than the halves of their intervals that
 * face each other, added as errors add (Donner and Zou's MOVER).
 * @public
 */
export function medianDifferenceIsNoise(a: Sample, b: Sample): boolean {
  if (a.count < SMALL || b.count < SMALL) return true;
  const [x, y] = [medianInterval(a), medianInterval(b)];
  const [lower, upper] = x.middle < y.middle ? [x, y] : [y, x];
  const error = Math.hypot(lower.high - lower.middle, upper.middle - upper.low);
  return upper.middle - lower.middle <= error;
}

function medianInterval(sample: Sample) {
  const reach = Z / (2 * Math.sqrt(sample.count - 1));
  return {
    low: sample.quantile(Math.max(0, 0.5 - reach)) ?? 0,
    middle: sample.quantile(0.5) ?? 0,
    high: sample.quantile(Math.min(1, 0.5 + reach)) ?? 0,
  };
}
