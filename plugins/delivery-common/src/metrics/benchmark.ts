import { InputError } from '@backstage/errors';
import type { Benchmark, MetricSet } from '../contract';
import {
  BENCHMARKS,
  BENCHMARK_ATTRIBUTION,
  type BenchmarkEdition,
  type BenchmarkGroup,
  type BenchmarkMetric,
} from './benchmarkData';
import { meanScore } from './score';

/** Whom to compare with, and what. @public */
export interface BenchmarkQuery {
  /** Year of DORA's report. */
  edition: BenchmarkEdition;
  /** Key of an industry, `all` for all of them. */
  industry?: string;
  /**
   * Key of a size. DORA publishes figures by industry or by size, never both:
   * a size goes before, and the group says that it is over all industries.
   */
  size?: string;
  /** One's own metrics; only their scores are read. */
  metrics: Pick<MetricSet, BenchmarkMetric>;
}

const THROUGHPUT: readonly BenchmarkMetric[] = [
  'leadTime',
  'deploymentFrequency',
  'recoveryTime',
];
const STABILITY: readonly BenchmarkMetric[] = ['changeFailRate', 'reworkRate'];

/** One's own scores beside DORA's. @public */
export function benchmarkFor(query: BenchmarkQuery): Benchmark {
  const { edition, metrics } = query;
  const { group, name } = groupOf(query);
  const asked = group.scores.map(({ metric }) => metric);
  const own = (wanted: readonly BenchmarkMetric[]) =>
    meanScore(
      asked
        .filter(metric => wanted.includes(metric))
        .map(metric => metrics[metric].score),
    );
  return {
    edition,
    group: name,
    attribution: BENCHMARK_ATTRIBUTION,
    overall: own(asked),
    throughput: own(THROUGHPUT),
    stability: own(STABILITY),
    rows: group.scores.map(row => ({ ...row, own: metrics[row.metric].score })),
  };
}

function groupOf({ edition, industry = 'all', size = 'all' }: BenchmarkQuery): {
  group: BenchmarkGroup;
  name: string;
} {
  const { industries, sizes } = BENCHMARKS[edition];
  if (size !== 'all') {
    const group = find(sizes, size, edition, 'size');
    return { group, name: `${group.name}, all industries` };
  }
  const group = find(industries, industry, edition, 'industry');
  return {
    group,
    name: group.key === 'all' ? group.name : `${group.name}, all sizes`,
  };
}

function find(
  groups: readonly BenchmarkGroup[],
  key: string,
  edition: string,
  what: string,
): BenchmarkGroup {
  const group = groups.find(candidate => candidate.key === key);
  if (!group) {
    const keys = groups.map(candidate => candidate.key).join(', ');
    throw new InputError(
      `DORA ${edition} has no ${what} '${key}'; choose one of ${keys}`,
    );
  }
  return group;
}
