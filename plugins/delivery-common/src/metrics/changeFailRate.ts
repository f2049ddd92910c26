import { say, type MetricSet } from '../contract';
import type { Figure } from '@fawkes/kit-contract';
import { rateBand } from './bands';
import { figureOf } from './figure';
import type { MetricContext, Period } from './period';
import { rateScore } from './score';
import { rateDifferenceIsNoise, trendOf } from './trend';

/** Share of the deployments that reached production, 0..1. */
export function shareOfReached(hits: number, period: Period): Figure {
  const { reached } = period.tally;
  return figureOf(
    reached > 0 && period.blank === null ? hits / reached : null,
    period.blank ?? say(`share.none_reached.${period.span}`),
  );
}

/** Distinct failed deployments ÷ deployments that reached production. */
export function changeFailRateOf(
  context: MetricContext,
): MetricSet['changeFailRate'] {
  const { current, previous, bands } = context;
  const { failed, reached } = current.tally;
  const rate = shareOfReached(failed, current);
  return {
    rate,
    failed,
    finished: reached,
    band: rateBand(rate.value, bands.changeFailRate),
    score: rate.value === null ? null : rateScore(rate.value),
    trend: trendOf({
      current: rate,
      previous: shareOfReached(previous.tally.failed, previous),
      better: 'lower',
      isNoise: () =>
        rateDifferenceIsNoise(
          { hits: failed, of: reached },
          { hits: previous.tally.failed, of: previous.tally.reached },
        ),
    }),
  };
}
