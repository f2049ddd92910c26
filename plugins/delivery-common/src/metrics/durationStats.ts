import type { Said } from '@fawkes/kit-contract';
import type { DurationStats } from '../contract';
import { figureOf } from './figure';
import type { Sample } from './sample';

/** Percentiles and mean of a sample, or the reason why there are none. */
export function durationStatsOf(sample: Sample, reason: Said): DurationStats {
  const at = (p: number) => figureOf(sample.quantile(p), reason);
  return {
    p50: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
    p95: at(0.95),
    mean: figureOf(meanOf(sample), reason),
    count: sample.count,
  };
}

/** Exact also for sketches; null when the sample is empty. */
export function meanOf(sample: Sample): number | null {
  return sample.count > 0 ? sample.sum / sample.count : null;
}
