import { say } from '../contract';
import { ask, deploymentsOn, week } from './__testUtils__/ask';
import { change, deployment, ms } from './__testUtils__/rows';
import { unknownFigure } from './figure';

describe('deployment frequency', () => {
  it('10 in 7 days is 1.43 per day', () => {
    const { metrics } = ask(
      { deployments: deploymentsOn(10, '2026-03-04') },
      week,
    );
    expect(metrics.deploymentFrequency.perDay.value).toBeCloseTo(1.43, 2);
    expect(metrics.deploymentFrequency).toMatchObject({
      perDay: { value: 10 / 7 },
      deployDaysPerWeek: { value: 1 },
      deployments: 10,
      band: 'high',
      score: 8,
    });
  });

  it('counts a week without deployments in the weekly median as 0', () => {
    const { metrics } = ask(
      {
        deployments: [
          ...deploymentsOn(2, '2026-03-03'),
          ...deploymentsOn(1, '2026-03-04'),
          ...deploymentsOn(1, '2026-03-05'),
          ...deploymentsOn(1, '2026-03-17'),
        ],
      },
      { from: '2026-03-02', to: '2026-03-30' },
    );
    // Weeks with 3, 0, 1 and 0 days.
    expect(metrics.deploymentFrequency.deployDaysPerWeek.value).toBe(0.5);
  });

  it('divides by what has elapsed', () => {
    const { metrics, series } = ask(
      { deployments: deploymentsOn(6, '2026-03-03') },
      { ...week, now: '2026-03-05T00:00:00Z' },
    );
    expect(metrics.deploymentFrequency.perDay.value).toBe(2);
    expect(metrics.deploymentFrequency.deployDaysPerWeek).toEqual({
      value: null,
      reason: expect.stringContaining('no complete week'),
      code: 'frequency.no_week',
      params: {},
    });
    expect(metrics.deploymentFrequency.band).toBeNull();
    expect(series.map(point => point.perDay.value)).toEqual([
      0,
      6,
      0,
      null,
      null,
      null,
      null,
    ]);
    expect(series[3].perDay).toMatchObject({
      reason: expect.stringContaining('not begun'),
    });
  });

  it('is 0, not unknown, in a scope that has facts', () => {
    const { metrics } = ask({}, week);
    expect(metrics.deploymentFrequency).toMatchObject({
      perDay: { value: 0 },
      deployDaysPerWeek: { value: 0 },
      timeBetween: { value: null },
      band: 'low',
      score: 0,
    });
  });

  it('tells the p50 of the gaps', () => {
    const deployments = deploymentsOn(4, '2026-03-04', index => ({
      gapSeconds: index === 0 ? null : index * 100,
    }));
    const { metrics } = ask({ deployments }, week);
    expect(metrics.deploymentFrequency.timeBetween.value).toBe(200);
  });
});

describe('change fail rate', () => {
  it('23 deployments, 4 failed by 6 incidents, is 17.4 %', () => {
    const { metrics } = ask(
      {
        deployments: deploymentsOn(23, '2026-03-04', index => ({
          failed: index < 4,
        })),
        incidents: Array.from({ length: 6 }, (_, index) => ({
          openedAt: ms('2026-03-04T09:00:00Z') + index,
          resolvedAt: null,
        })),
      },
      week,
    );
    expect(metrics.changeFailRate.rate.value).toBeCloseTo(0.174, 3);
    expect(metrics.changeFailRate).toMatchObject({
      failed: 4,
      finished: 23,
      band: 'low',
    });
    expect(metrics.recoveryTime).toMatchObject({
      p50: {
        value: null,
        reason:
          '4 failed deployments in this window, none of them recovered yet',
      },
      open: 4,
    });
    expect(metrics.mttr).toMatchObject({
      mean: {
        value: null,
        reason: '6 incidents in this window, none of them resolved yet',
      },
      open: 6,
    });
  });

  it('is over what reached production, and unknown when nothing did', () => {
    const lost = { success: false, reached: false, failed: true, rework: true };
    const { metrics } = ask(
      { deployments: deploymentsOn(3, '2026-03-04', () => lost) },
      week,
    );
    const unknown = unknownFigure(say('share.none_reached.window'));
    expect(metrics.changeFailRate.rate).toEqual(unknown);
    expect(metrics.reworkRate.rate).toEqual(unknown);
    expect(metrics.changeFailRate.score).toBeNull();
  });
});

describe('rework rate', () => {
  it('has a score and no band', () => {
    const { metrics } = ask(
      {
        deployments: deploymentsOn(10, '2026-03-04', index => ({
          rework: index < 3,
        })),
      },
      week,
    );
    expect(metrics.reworkRate).toMatchObject({
      rate: { value: 0.3 },
      rework: 3,
      finished: 10,
      band: null,
      score: 7,
    });
  });
});

describe('recovery time', () => {
  it('14:00 → 14:45 is 45 min', () => {
    const { metrics } = ask(
      {
        deployments: [
          deployment('2026-03-04T14:00:00Z', {
            failed: true,
            recoveredAt: ms('2026-03-04T14:45:00Z'),
          }),
        ],
      },
      week,
    );
    expect(metrics.recoveryTime).toMatchObject({
      p50: { value: 45 * 60 },
      p95: { value: 45 * 60 },
      mean: { value: 45 * 60 },
      count: 1,
      open: 0,
      band: 'elite',
      score: 10,
    });
  });

  it('is unknown for a good reason when nothing failed', () => {
    const { metrics } = ask(
      { deployments: deploymentsOn(1, '2026-03-04') },
      week,
    );
    expect(metrics.recoveryTime.p50).toEqual(
      unknownFigure(say('recovery.none.window')),
    );
    expect(metrics.mttr.median).toEqual(unknownFigure(say('restore.none')));
  });
});

describe('lead time', () => {
  it('09:00 → 13:15 is 4 h 15 min, and its stages make it up', () => {
    const { metrics } = ask(
      {
        deployments: [deployment('2026-03-04T13:15:00Z')],
        changes: [
          change('2026-03-04T09:00:00Z', '2026-03-04T13:15:00Z', {
            openedAt: ms('2026-03-04T10:00:00Z'),
            mergedAt: ms('2026-03-04T13:00:00Z'),
          }),
          change(null, '2026-03-04T13:15:00Z'),
        ],
      },
      week,
    );
    expect(metrics.leadTime).toMatchObject({
      p50: { value: 15_300 },
      count: 1,
      unknownStart: 1,
      clamped: 0,
      band: 'elite',
      score: 8,
    });
    const [coding, pickup, review, merge, deploy] = metrics.leadTime.stages;
    expect(coding).toEqual({
      stage: 'coding',
      meanSeconds: 3_600,
      share: 3_600 / 15_300,
    });
    expect(
      [pickup, review, merge, deploy].map(stage => stage.meanSeconds),
    ).toEqual([10_800, 0, 0, 900]);
  });

  it.each([
    [{}, 'No successful deployment in this window'],
    [
      { deployments: deploymentsOn(1, '2026-03-04') },
      'No deployment in this window has a known change; send the commits of its repository',
    ],
    [
      {
        deployments: deploymentsOn(1, '2026-03-04'),
        changes: [change(null, '2026-03-04T13:15:00Z')],
      },
      'The start of 1 change in this window is unknown; send their commits',
    ],
  ])('says why it is unknown (%#)', (rows, reason) => {
    const { leadTime } = ask(rows, week).metrics;
    expect(leadTime).toMatchObject({
      p50: { value: null, reason },
      stages: [],
      band: null,
      score: null,
    });
  });
});
