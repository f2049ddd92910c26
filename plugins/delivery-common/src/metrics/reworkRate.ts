import type { MetricSet } from '../contract';
import { rateBand } from './bands';
import { shareOfReached } from './changeFailRate';
import type { MetricContext } from './period';
import { rateScore } from './score';
import { rateDifferenceIsNoise, trendOf } from './trend';

/** Unplanned deployments made to repair ÷ those that reached production. */
export function reworkRateOf(context: MetricContext): MetricSet['reworkRate'] {
  const { current, previous, bands } = context;
  const { rework, reached } = current.tally;
  const rate = shareOfReached(rework, current);
  return {
    rate,
    rework,
    finished: reached,
    band: rateBand(rate.value, bands.reworkRate),
    score: rate.value === null ? null : rateScore(rate.value),
    trend: trendOf({
      current: rate,
      previous: shareOfReached(previous.tally.rework, previous),
      better: 'lower',
      isNoise: () =>
        rateDifferenceIsNoise(
          { hits: rework, of: reached },
          { hits: previous.tally.rework, of: previous.tally.reached },
        ),
    }),
  };
}
