import type {
  Band,
  MetricBucket,
  MetricSet,
  Trend,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Figure } from '@fawkes/kit-contract';
import { isEnough } from '@fawkes/kit-ui/values';
import type { MetricName } from '../../charts';

/** What kind of value a metric has. */
export type MetricUnit = 'frequency' | 'duration' | 'rate';

/** The one value a metric is known by, with all that is said about it. */
export interface MetricFacts {
  name: MetricName;
  unit: MetricUnit;
  /** Per day, seconds, or 0..1, after `unit`. */
  value: Figure;
  trend: Trend;
  band: Band | null;
  /** 0..10, null when unknown. */
  score: number | null;
  /** Sample size. */
  count: number;
  /**
   * The sample says something about what was not in it. A frequency is no
   * sample: it has counted everything.
   */
  isEnough: boolean;
}

/** @public */
export const METRIC_UNITS: Readonly<Record<MetricName, MetricUnit>> = {
  deploymentFrequency: 'frequency',
  leadTime: 'duration',
  recoveryTime: 'duration',
  changeFailRate: 'rate',
  reworkRate: 'rate',
};

function valueOf(set: MetricSet, name: MetricName): [Figure, number] {
  switch (name) {
    case 'deploymentFrequency':
      return [set[name].perDay, set[name].deployments];
    case 'leadTime':
    case 'recoveryTime':
      return [set[name].p50, set[name].count];
    default:
      return [set[name].rate, set[name].finished];
  }
}

/** The leading value of a metric: frequency per day, median, or rate. */
export function metricFacts(set: MetricSet, name: MetricName): MetricFacts {
  const [value, count] = valueOf(set, name);
  const { trend, band, score } = set[name];
  const unit = METRIC_UNITS[name];
  const enough = unit === 'frequency' || isEnough(count);
  return {
    name,
    unit,
    value,
    trend,
    band: enough ? band : null,
    score,
    count,
    isEnough: enough,
  };
}

/** The same value per bucket, null where unknown. */
export function metricSeries(
  series: readonly MetricBucket[],
  name: MetricName,
): (number | null)[] {
  const field = (
    {
      deploymentFrequency: 'perDay',
      leadTime: 'leadP50',
      recoveryTime: 'recoveryP50',
      changeFailRate: 'failRate',
      reworkRate: 'reworkRate',
    } as const
  )[name];
  return series.map(bucket => bucket[field].value);
}
