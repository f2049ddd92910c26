import { InputError } from '@backstage/errors';
import { saidError, type Said } from '@fawkes/kit-contract';
import { say, type Benchmark, type MetricSet } from '../contract';
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
  const { group, said, over } = groupOf(query);
  const asked = group.scores.map(({ metric }) => metric);
  const own = (wanted: readonly BenchmarkMetric[]) =>
    meanScore(
      asked
        .filter(metric => wanted.includes(metric))
        .map(metric => metrics[metric].score),
    );
  return {
    edition,
    group: over
      ? say(`benchmark.over.${over}`, { group: group.name }).text
      : group.name,
    groupSaid: said,
    groupOver: over,
    attribution: BENCHMARK_ATTRIBUTION,
    overall: own(asked),
    throughput: own(THROUGHPUT),
    stability: own(STABILITY),
    rows: group.scores.map(row => ({ ...row, own: metrics[row.metric].score })),
  };
}

function groupOf({ edition, industry = 'all', size = 'all' }: BenchmarkQuery): {
  group: BenchmarkGroup;
  said: Said;
  over: Benchmark['groupOver'];
} {
  const { industries, sizes } = BENCHMARKS[edition];
  if (size !== 'all') {
    const group = find(sizes, size, edition, 'size');
    return { group, said: saidOf('size', group), over: 'industries' };
  }
  const group = find(industries, industry, edition, 'industry');
  return {
    group,
    said: saidOf('industry', group),
    over: group.key === 'all' ? null : 'sizes',
  };
}

/** An edition may write a name in its own way. */
function saidOf(
  what: 'industry' | 'size',
  { key, name }: BenchmarkGroup,
): Said {
  return { code: benchmarkCode(what, key), params: {}, text: name };
}

/** The code of an industry or a size. @public */
export function benchmarkCode(what: 'industry' | 'size', key: string): string {
  return `benchmark.${what}.${key}`;
}

function find(
  groups: readonly BenchmarkGroup[],
  key: string,
  edition: string,
  what: 'industry' | 'size',
): BenchmarkGroup {
  const group = groups.find(candidate => candidate.key === key);
  if (!group) {
    const keys = groups.map(candidate => candidate.key).join(', ');
    throw saidError(
      InputError,
      say(`benchmark.no_${what}`, { edition, key, keys }),
    );
  }
  return group;
}
