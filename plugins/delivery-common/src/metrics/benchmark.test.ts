import type { Benchmark } from '../contract';
import { benchmarkFor, type BenchmarkQuery } from './benchmark';
import { BENCHMARKS } from './benchmarkData';
import { summariseMetrics } from './summarise';
import { resolveWindow } from './window';

const nothing = summariseMetrics({
  days: new Map(),
  previousDays: new Map(),
  window: resolveWindow({ tz: 'UTC', now: Date.parse('2026-03-01') }),
  firstFactAt: null,
  bandTable: '2023',
});
const scored = (
  scores: Partial<Record<Benchmark['rows'][number]['metric'], number>>,
): BenchmarkQuery['metrics'] => ({
  leadTime: { ...nothing.leadTime, score: scores.leadTime ?? null },
  deploymentFrequency: {
    ...nothing.deploymentFrequency,
    score: scores.deploymentFrequency ?? null,
  },
  changeFailRate: {
    ...nothing.changeFailRate,
    score: scores.changeFailRate ?? null,
  },
  recoveryTime: { ...nothing.recoveryTime, score: scores.recoveryTime ?? null },
  reworkRate: { ...nothing.reworkRate, score: scores.reworkRate ?? null },
});
const ask = (query: Partial<BenchmarkQuery> = {}) =>
  benchmarkFor({ edition: '2025', metrics: nothing, ...query });
const means = ({ rows }: Benchmark) =>
  Object.fromEntries(rows.map(({ metric, mean }) => [metric, mean]));

describe('benchmarkFor', () => {
  it('names its source', () => {
    expect(ask().attribution).toBe('DORA, dora.dev, CC-BY-4.0');
  });

  it('puts 2025, all industries, on one scale', () => {
    const benchmark = ask();
    expect(benchmark.group).toBe('All industries');
    expect(means(benchmark)).toEqual({
      leadTime: 5.5,
      deploymentFrequency: 4.8,
      changeFailRate: 8.1,
      recoveryTime: 7.4,
      reworkRate: 7.8,
    });
    expect(benchmark.rows[0].deviation).toBe(2.4);
  });

  it('turns the recovery time of the 2025 size table, and of no other', () => {
    expect(means(ask({ size: 'all' })).recoveryTime).toBe(7.4);
    expect(means(ask({ size: 'solo' })).recoveryTime).toBe(7.2);
    expect(
      means(ask({ edition: '2024', size: 'fewer_than_010' })).recoveryTime,
    ).toBe(7.1);
    expect(BENCHMARKS['2025'].sizes[0].scores[3]).toEqual(
      BENCHMARKS['2025'].industries[0].scores[3],
    );
  });

  it('asks about no rework in 2024', () => {
    const metrics = scored({
      leadTime: 8,
      deploymentFrequency: 6,
      changeFailRate: 9,
      recoveryTime: 10,
      reworkRate: 0,
    });
    const benchmark = ask({ edition: '2024', metrics });
    expect(benchmark.rows.map(row => row.metric)).not.toContain('reworkRate');
    expect(benchmark).toMatchObject({
      overall: 8.25,
      throughput: 8,
      stability: 9,
    });
    expect(ask({ metrics })).toMatchObject({
      overall: 6.6,
      throughput: 8,
      stability: 4.5,
    });
  });

  it('scores what DORA answered as DORA did: 6.72', () => {
    const metrics = scored(means(ask()));
    expect(ask({ metrics }).overall).toBeCloseTo(6.72, 10);
  });

  it('leaves out what is not known', () => {
    expect(ask()).toMatchObject({
      overall: null,
      throughput: null,
      stability: null,
    });
    expect(ask({ metrics: scored({ recoveryTime: 8 }) })).toMatchObject({
      overall: 8,
      throughput: 8,
      stability: null,
    });
  });

  it('says what it compares with', () => {
    expect(ask({ industry: 'technology' }).group).toBe('Technology, all sizes');
    expect(ask({ industry: 'technology', size: 'fewer_than_500' }).group).toBe(
      '100 to 499 employees, all industries',
    );
  });

  it('names the keys there are when one is unknown', () => {
    expect(() => ask({ industry: 'piracy' })).toThrow(
      /2025 has no industry 'piracy'; choose one of all, consumer, /,
    );
    expect(() => ask({ size: 'fewer_than_010' })).toThrow(
      /2025 has no size 'fewer_than_010'/,
    );
  });
});

describe('BENCHMARKS', () => {
  it.each([
    ['2025', 'industries', 14, 5],
    ['2025', 'sizes', 9, 5],
    ['2024', 'industries', 14, 4],
    ['2024', 'sizes', 10, 4],
  ] as const)('%s %s are complete', (edition, table, groups, metrics) => {
    const rows = BENCHMARKS[edition][table];
    expect(rows).toHaveLength(groups);
    expect(rows[0].key).toBe('all');
    for (const { scores } of rows) {
      expect(scores).toHaveLength(metrics);
      for (const { mean, deviation } of scores) {
        expect(mean).toBeGreaterThan(3);
        expect(mean).toBeLessThan(10);
        expect(deviation).toBeGreaterThan(1);
        expect(deviation).toBeLessThan(4);
      }
    }
  });
});
