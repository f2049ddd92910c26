import { say, STAGES, type MetricSet, type StageShare } from '../contract';
import type { Figure, Said } from '@fawkes/kit-contract';
import { durationBand } from './bands';
import { durationStatsOf } from './durationStats';
import { figureOf } from './figure';
import type { MetricContext, Period } from './period';
import { durationScore } from './score';
import type { Tally } from './tally';
import { medianDifferenceIsNoise, trendOf } from './trend';

/** Percentile of the change lead time, seconds. */
export function leadPercentile(period: Period, p: number): Figure {
  return figureOf(period.tally.lead.quantile(p), whyNoLeadTime(period));
}

/** Change lead time: from the commit to the deployment that brought it. */
export function changeLeadTimeOf(
  context: MetricContext,
): MetricSet['leadTime'] {
  const { current, previous, bands } = context;
  const { lead, leadUnknown, leadClamped } = current.tally;
  const p50 = lead.quantile(0.5);
  return {
    ...durationStatsOf(lead, whyNoLeadTime(current)),
    unknownStart: leadUnknown,
    clamped: leadClamped,
    stages: stageSharesOf(current.tally),
    band: durationBand(p50, bands.leadTime),
    score: p50 === null ? null : durationScore(p50),
    trend: trendOf({
      current: leadPercentile(current, 0.5),
      previous: leadPercentile(previous, 0.5),
      better: 'lower',
      isNoise: () => medianDifferenceIsNoise(lead, previous.tally.lead),
    }),
  };
}

/** Means, because means add up to the mean lead time and medians do not. */
function stageSharesOf({ lead, stages }: Tally): StageShare[] {
  if (lead.count <= 0) return [];
  return STAGES.map(stage => ({
    stage,
    meanSeconds: stages[stage] / lead.count,
    share: lead.sum === 0 ? 0 : stages[stage] / lead.sum,
  }));
}

function whyNoLeadTime({ blank, tally, span, byPullRequest }: Period): Said {
  if (blank !== null) return blank;
  if (tally.leadUnknown > 0) {
    const count = tally.leadUnknown;
    return byPullRequest
      ? say(`lead.unknown_branch.${span}`, { count })
      : say(`lead.unknown_start.${span}`, { count });
  }
  return tally.deployments === 0
    ? say(`lead.no_success.${span}`)
    : say(`lead.no_change.${span}`);
}
