import { say, type MetricSet } from '../contract';
import type { Figure, Said } from '@fawkes/kit-contract';
import { durationBand } from './bands';
import { durationStatsOf } from './durationStats';
import { figureOf } from './figure';
import type { MetricContext, Period } from './period';
import { durationScore } from './score';
import { medianDifferenceIsNoise, trendOf } from './trend';

/** Percentile of the failed deployment recovery time, seconds. */
export function recoveryPercentile(period: Period, p: number): Figure {
  return figureOf(period.tally.recovery.quantile(p), whyNoRecovery(period));
}

/** Failed deployment recovery time; those still open are counted beside it. */
export function recoveryTimeOf(
  context: MetricContext,
): MetricSet['recoveryTime'] {
  const { current, previous, bands } = context;
  const { recovery, openFailures } = current.tally;
  const p50 = recovery.quantile(0.5);
  return {
    ...durationStatsOf(recovery, whyNoRecovery(current)),
    open: openFailures,
    band: durationBand(p50, bands.recoveryTime),
    score: p50 === null ? null : durationScore(p50),
    trend: trendOf({
      current: recoveryPercentile(current, 0.5),
      previous: recoveryPercentile(previous, 0.5),
      better: 'lower',
      isNoise: () => medianDifferenceIsNoise(recovery, previous.tally.recovery),
    }),
  };
}

function whyNoRecovery({ blank, tally, span }: Period): Said {
  if (blank !== null) return blank;
  return tally.openFailures > 0
    ? say(`recovery.open.${span}`, { count: tally.openFailures })
    : say(`recovery.none.${span}`);
}
