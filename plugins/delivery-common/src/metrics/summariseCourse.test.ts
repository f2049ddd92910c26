import { say } from '../contract';
import { ask, deploymentsOn, week } from './__testUtils__/ask';
import { change, ms } from './__testUtils__/rows';
import { unknownFigure } from './figure';

describe('trend', () => {
  it('compares with the period of equal length just before', () => {
    const { metrics } = ask(
      {
        deployments: [
          ...deploymentsOn(10, '2026-02-25', () => ({ failed: true })),
          ...deploymentsOn(40, '2026-03-04'),
        ],
      },
      week,
    );
    expect(metrics.deploymentFrequency.trend).toEqual({
      previous: { value: 10 / 7 },
      difference: { value: 40 / 7 - 10 / 7 },
      verdict: 'better',
    });
    expect(metrics.changeFailRate.trend).toMatchObject({
      difference: { value: -1 },
      verdict: 'better',
    });
    expect(metrics.recoveryTime.trend.verdict).toBe('unknown');
  });

  it('asks of every metric which way is better', () => {
    const halves = ['2026-02-25', '2026-03-04'].map((day, later) => {
      const hours = later === 0 ? 30 : 2;
      const deployments = deploymentsOn(20, day, index => ({
        failed: index < 10,
        rework: later === 1 && index < 15,
        recoveredAt: ms(`${day}T09:00:00Z`) + (index + hours * 60) * 60_000,
      }));
      const changes = deployments.map(({ finishedAt }, index) =>
        change(finishedAt - (index + hours * 60) * 60_000, finishedAt),
      );
      return { deployments, changes };
    });
    const { metrics } = ask(
      {
        deployments: halves.flatMap(half => half.deployments),
        changes: halves.flatMap(half => half.changes),
      },
      week,
    );
    expect(metrics.leadTime.trend).toMatchObject({
      difference: { value: -28 * 3_600 },
      verdict: 'better',
    });
    expect(metrics.recoveryTime.trend).toMatchObject({
      difference: { value: -28 * 3_600 },
      verdict: 'better',
    });
    expect(metrics.reworkRate.trend.verdict).toBe('worse');
    expect(metrics.changeFailRate.trend.verdict).toBe('same');
    expect(metrics.deploymentFrequency.trend.verdict).toBe('same');
  });

  it('does not take a history that begins half-way for an improvement', () => {
    const rows = { deployments: deploymentsOn(40, '2026-03-04') };
    const half = ask(rows, week, { firstFactAt: ms('2026-02-26T00:00:00Z') });
    expect(half.metrics.deploymentFrequency.trend).toMatchObject({
      previous: {
        value: null,
        reason: expect.stringContaining('begins on 2026-02-26'),
      },
      verdict: 'unknown',
    });
    const young = ask(rows, week, { firstFactAt: ms('2026-03-04T08:00:00Z') });
    expect(young.metrics.deploymentFrequency.trend).toMatchObject({
      previous: {
        value: null,
        reason:
          'The first deployment known of this scope is of 2026-03-04, after this period',
      },
      verdict: 'unknown',
    });
    expect(young.series.map(point => point.perDay.value)).toEqual([
      null,
      null,
      40,
      0,
      0,
      0,
      0,
    ]);
  });
});

describe('a scope without any fact', () => {
  it('is N/A everywhere, with one reason', () => {
    const { metrics, series } = ask({}, week, { firstFactAt: null });
    const nothing = unknownFigure(say('figure.no_facts'));
    expect(metrics.deploymentFrequency).toMatchObject({
      perDay: nothing,
      deployDaysPerWeek: nothing,
      timeBetween: nothing,
      band: null,
      score: null,
      trend: { previous: nothing, difference: nothing, verdict: 'unknown' },
    });
    expect(metrics.leadTime.p50).toEqual(nothing);
    expect(metrics.changeFailRate.rate).toEqual(nothing);
    expect(metrics.recoveryTime.mean).toEqual(nothing);
    expect(metrics.reworkRate.rate).toEqual(nothing);
    for (const point of series) {
      expect(point).toMatchObject({
        perDay: nothing,
        leadP50: nothing,
        failRate: nothing,
        recoveryP90: nothing,
        reworkRate: nothing,
      });
    }
  });
});

describe('series', () => {
  it('has a point per bucket, partial ones marked', () => {
    const { series } = ask(
      {
        deployments: [
          ...deploymentsOn(2, '2026-01-20'),
          ...deploymentsOn(4, '2026-02-20', index => ({ failed: index < 1 })),
        ],
      },
      { from: '2026-01-15', to: '2026-02-28' },
      {},
    );
    expect(
      series.map(point => [point.start.slice(0, 10), point.deployments]),
    ).toEqual([
      ['2026-01-15', 0],
      ['2026-01-19', 2],
      ['2026-01-26', 0],
      ['2026-02-02', 0],
      ['2026-02-09', 0],
      ['2026-02-16', 4],
      ['2026-02-23', 0],
    ]);
    expect(series.map(point => point.partial)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
    expect(series[5].failRate).toEqual({ value: 0.25 });
    expect(series[6].failRate.value).toBeNull();
  });
});
