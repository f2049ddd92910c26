import {
  say,
  type MetricBucket,
  type MetricsByResponse,
  type MetricSet,
  type MetricsResponse,
  type MetricsRow,
  type Trend,
} from '@fawkes/backstage-plugin-delivery-common';
import type { Figure } from '@fawkes/kit-contract';

const HOUR = 3_600;

export const known = (value: number): Figure => ({ value });
export const unknown = (reason: string): Figure => ({ value: null, reason });

const trend = (
  previous: number,
  difference: number,
  verdict: Trend['verdict'],
): Trend => ({
  previous: known(previous),
  difference: known(difference),
  verdict,
});

/** A month in which everything is known. */
export function metricSet(over: Partial<MetricSet> = {}): MetricSet {
  return {
    deploymentFrequency: {
      perDay: known(4.3),
      deployDaysPerWeek: known(5),
      timeBetween: known(5 * HOUR),
      deployments: 129,
      band: 'elite',
      score: 8,
      trend: trend(4.2, 0.1, 'noise'),
    },
    leadTime: {
      p50: known(33.6 * HOUR),
      p75: known(50 * HOUR),
      p90: known(76.8 * HOUR),
      p95: known(90 * HOUR),
      mean: known(40 * HOUR),
      count: 412,
      unknownStart: 3,
      clamped: 1,
      stages: [
        { stage: 'coding', meanSeconds: 8 * HOUR, share: 0.2 },
        { stage: 'pickup', meanSeconds: 14 * HOUR, share: 0.35 },
        { stage: 'review', meanSeconds: 9 * HOUR, share: 0.225 },
        { stage: 'merge', meanSeconds: 1 * HOUR, share: 0.025 },
        { stage: 'deploy', meanSeconds: 8 * HOUR, share: 0.2 },
      ],
      band: 'high',
      score: 6,
      trend: trend(42.6 * HOUR, -9 * HOUR, 'better'),
    },
    changeFailRate: {
      rate: known(0.081),
      failed: 10,
      finished: 129,
      band: 'high',
      score: 9.2,
      trend: trend(0.061, 0.02, 'worse'),
    },
    recoveryTime: {
      p50: known(2_820),
      p75: known(2 * HOUR),
      p90: known(3 * HOUR),
      p95: known(4 * HOUR),
      mean: known(HOUR),
      count: 9,
      open: 1,
      band: 'elite',
      score: 10,
      trend: trend(2_820, 0, 'same'),
    },
    reworkRate: {
      rate: unknown('No source tells which deployments were unplanned.'),
      rework: 0,
      finished: 0,
      band: null,
      score: null,
      trend: {
        previous: unknown('No source tells it.'),
        difference: unknown('No source tells it.'),
        verdict: 'unknown',
      },
    },
    mttr: { mean: known(2 * HOUR), median: known(HOUR), count: 12, open: 2 },
    ...over,
  };
}

function buckets(): MetricBucket[] {
  const first = Date.parse('2026-03-02T00:00:00Z');
  const week = 7 * 86_400_000;
  return [0, 1, 2, 3].map(index => ({
    start: new Date(first + index * week).toISOString(),
    end: new Date(first + (index + 1) * week).toISOString(),
    partial: index === 3,
    deployments: 30 + index,
    perDay: known((30 + index) / 7),
    leadP50: known((40 - index) * HOUR),
    leadP90: known((80 - index) * HOUR),
    failRate: known(0.08),
    recoveryP50: index === 1 ? unknown('No failure.') : known(HOUR),
    recoveryP90: index === 1 ? unknown('No failure.') : known(3 * HOUR),
    reworkRate: unknown('No source tells it.'),
  }));
}

/** The answer of `GET /metrics`. */
export function metricsAnswer(
  over: Partial<MetricsResponse> = {},
): MetricsResponse {
  return {
    asOf: '2026-03-27T12:03:00Z',
    scope: {
      entities: [],
      services: 2,
      sample: false,
      sandbox: false,
      firstFactAt: '2025-01-01T00:00:00Z',
    },
    window: {
      from: '2026-03-02T00:00:00Z',
      to: '2026-03-30T00:00:00Z',
      tz: 'UTC',
      bucket: 'week',
      elapsedDays: 25.5,
    },
    approximate: false,
    rebuilding: false,
    metrics: metricSet(),
    series: buckets(),
    benchmark: {
      groupSaid: say('benchmark.industry.all'),
      groupOver: null,
      edition: '2025',
      group: 'All industries',
      attribution: 'DORA, dora.dev, CC-BY-4.0',
      overall: 8.3,
      throughput: 8,
      stability: 9.2,
      rows: [
        { metric: 'leadTime', own: 6, mean: 5.5, deviation: 2.4 },
        { metric: 'deploymentFrequency', own: 8, mean: 4.8, deviation: 2.8 },
        { metric: 'recoveryTime', own: 7.4, mean: 7.4, deviation: 2.1 },
        { metric: 'changeFailRate', own: 7.9, mean: 8.1, deviation: 2.1 },
        { metric: 'reworkRate', own: null, mean: 7.8, deviation: 2.2 },
      ],
    },
    ...over,
  };
}

/** A row of a team or service. */
export function metricsRow(
  title: string,
  over: Partial<MetricsRow> = {},
): MetricsRow {
  return {
    entity: { ref: `component:default/${title}`, title },
    sample: false,
    metrics: metricSet(),
    spark: [3, 4, 2, 6],
    ...over,
  };
}

/** The answer of `GET /metrics/by`. */
export function metricsByAnswer(
  items: MetricsRow[],
  over: Partial<MetricsByResponse> = {},
): MetricsByResponse {
  return {
    asOf: '2026-03-27T12:03:00Z',
    groupBy: 'team',
    window: metricsAnswer().window,
    approximate: false,
    rebuilding: false,
    items,
    nextCursor: null,
    ...over,
  };
}
