import fc from 'fast-check';
import { bucketSchema, metricSetSchema } from '../contract';
import {
  deploymentsPerBucket,
  summarise,
  summariseMetrics,
  type SummariseInput,
} from './summarise';
import { toSketchTally } from './tally';
import { tallyDays, type TallyRows } from './tallyDays';
import { resolveWindow } from './window';
import { LONG_AGO } from './__testUtils__/ask';
import { ms, rowsArbitrary } from './__testUtils__/rows';

describe('any facts at all', () => {
  const window = resolveWindow({
    from: '2026-02-20',
    to: '2026-05-05',
    tz: 'Europe/Berlin',
    now: ms('2026-05-05T12:00:00Z'),
  });
  const input = (rows: TallyRows): SummariseInput => ({
    days: tallyDays(rows, {
      tz: window.tz,
      asOf: null,
      recoveryFrom: 'finished',
    }),
    previousDays: new Map(),
    window,
    firstFactAt: LONG_AGO,
    bandTable: '2021',
  });

  it('answer to the contract, and buckets add up to the whole', () => {
    fc.assert(
      fc.property(rowsArbitrary, rows => {
        const asked = input(rows);
        const { metrics, series } = summarise(asked);
        expect(metricSetSchema.parse(metrics)).toEqual(metrics);
        expect(bucketSchema.array().parse(series)).toEqual(series);
        expect(summariseMetrics(asked)).toEqual(metrics);
        const counts = series.map(point => point.deployments);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(
          metrics.deploymentFrequency.deployments,
        );
        expect(deploymentsPerBucket(asked.days, window)).toEqual(counts);
        const stages = metrics.leadTime.stages.map(it => it.meanSeconds);
        expect(stages.reduce((a, b) => a + b, 0)).toBeCloseTo(
          metrics.leadTime.mean.value ?? 0,
          3,
        );
      }),
    );
  });

  it('are within 1 % from sketches, and say that they are', () => {
    fc.assert(
      fc.property(rowsArbitrary, rows => {
        const exact = input(rows);
        const sketched = {
          ...exact,
          days: new Map(
            Array.from(exact.days, ([day, tally]) => [
              day,
              toSketchTally(tally),
            ]),
          ),
        };
        const a = summarise(exact);
        const b = summarise(sketched);
        expect(a.approximate).toBe(false);
        expect(b.approximate).toBe(
          [...exact.days.values()].some(
            ({ lead, recovery, gaps, restore }) =>
              lead.count + recovery.count + gaps.count + restore.count > 0,
          ),
        );
        expect(b.metrics.changeFailRate).toEqual(a.metrics.changeFailRate);
        expect(b.metrics.leadTime.mean).toEqual(a.metrics.leadTime.mean);
        for (const p of ['p50', 'p75', 'p90', 'p95'] as const) {
          const lead = a.metrics.leadTime[p].value ?? 0;
          const about = b.metrics.leadTime[p].value ?? 0;
          expect(Math.abs(about - lead)).toBeLessThanOrEqual(
            lead * 0.01 + 1e-6,
          );
        }
      }),
    );
  });
});
