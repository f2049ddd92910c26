import { say, type MetricSet } from '../contract';
import type { Figure, Said } from '@fawkes/kit-contract';
import { frequencyBand } from './bands';
import { figureOf, knownFigure, unknownFigure } from './figure';
import { median } from './percentile';
import type { MetricContext, Period } from './period';
import { frequencyScore } from './score';
import { countDifferenceIsNoise, trendOf } from './trend';

/**
 * Successful production deployments per elapsed day. A scope that has facts but
 * did not deploy has a frequency of 0; one without any fact has none, and so has
 * a period that has not begun (which is why this never divides by nothing).
 * @param period - window or bucket
 */
export function perDayOf(period: Period): Figure {
  if (period.blank !== null) return unknownFigure(period.blank);
  return knownFigure(period.tally.deployments / period.elapsedDays);
}

/**
 * Deployment frequency.
 *
 * @param deployDays - days of the window with a deployment
 * @param weeks - of each complete ISO week, how many days had a deployment;
 * weeks without one count as 0
 */
export function deploymentFrequencyOf(
  context: MetricContext & {
    deployDays: number;
    weeks: readonly number[];
    /** Why the period before cannot be compared, though it has facts. */
    previousIsCut: Said | null;
  },
): MetricSet['deploymentFrequency'] {
  const { current, previous, bands, deployDays, weeks } = context;
  const perDay = perDayOf(current);
  const weekly = current.blank === null ? median(weeks) : null;
  return {
    perDay,
    deployDaysPerWeek: figureOf(
      weekly,
      current.blank ?? say('frequency.no_week'),
    ),
    timeBetween: timeBetweenOf(current),
    deployments: current.tally.deployments,
    band:
      perDay.value === null
        ? null
        : frequencyBand(
            {
              deployDaysPerWeek: weekly,
              deployDays,
              elapsedDays: current.elapsedDays,
            },
            bands.deploymentFrequency,
          ),
    score: perDay.value === null ? null : frequencyScore(perDay.value),
    trend: trendOf({
      current: perDay,
      previous:
        context.previousIsCut === null
          ? perDayOf(previous)
          : unknownFigure(context.previousIsCut),
      better: 'higher',
      isNoise: () =>
        countDifferenceIsNoise(
          { count: current.tally.deployments, days: current.elapsedDays },
          { count: previous.tally.deployments, days: previous.elapsedDays },
        ),
    }),
  };
}

function timeBetweenOf(period: Period): Figure {
  return figureOf(
    period.tally.gaps.quantile(0.5),
    period.blank ?? say('frequency.no_gap'),
  );
}
