import type { Benchmark } from '../contract';
import { INDUSTRIES_2024, SIZES_2024 } from './benchmark2024';
import { INDUSTRIES_2025, SIZES_2025 } from './benchmark2025';
import type { PublishedGroup } from './publishedGroup';

/** Years of DORA's report there are figures of. @public */
export type BenchmarkEdition = Benchmark['edition'];
/** The metrics DORA publishes figures for. @public */
export type BenchmarkMetric = Benchmark['rows'][number]['metric'];
/** To be shown wherever the figures are. @public */
export const BENCHMARK_ATTRIBUTION = 'DORA, dora.dev, CC-BY-4.0';

/** A group one can compare with. @public */
export interface BenchmarkGroup {
  /** What a query names the group by. */
  key: string;
  /** What people read. */
  name: string;
  /** Score 0..10, higher is better: mean and standard deviation. */
  scores: ReadonlyArray<{
    metric: BenchmarkMetric;
    mean: number;
    deviation: number;
  }>;
}

const METRICS = [
  'leadTime',
  'deploymentFrequency',
  'changeFailRate',
  'recoveryTime',
  'reworkRate',
] as const satisfies readonly BenchmarkMetric[];

/**
 * DORA's figures by edition, industry and size, all on one scale. The size
 * table of 2025 has its recovery time upside down: 10 − x puts it right.
 * @public
 */
export const BENCHMARKS: Record<
  BenchmarkEdition,
  {
    industries: readonly BenchmarkGroup[];
    sizes: readonly BenchmarkGroup[];
  }
> = {
  '2025': {
    industries: groups(INDUSTRIES_2025, ['changeFailRate', 'reworkRate']),
    sizes: groups(SIZES_2025, ['changeFailRate', 'reworkRate', 'recoveryTime']),
  },
  '2024': {
    industries: groups(INDUSTRIES_2024, ['changeFailRate']),
    sizes: groups(SIZES_2024, ['changeFailRate']),
  },
};

function groups(
  published: readonly PublishedGroup[],
  lowerIsBetter: readonly BenchmarkMetric[],
): BenchmarkGroup[] {
  return published.map(group => ({
    key: group.key,
    name: group.name,
    scores: METRICS.flatMap(metric => {
      const cell = group[metric];
      if (!cell) return [];
      const [mean, deviation] = cell;
      const score = lowerIsBetter.includes(metric) ? turned(mean) : mean;
      return [{ metric, mean: score, deviation }];
    }),
  }));
}

/** 10 − x, without the dust binary fractions leave: 10 − 1.9 is 8.1. */
function turned(value: number): number {
  return Math.round((10 - value) * 100) / 100;
}
