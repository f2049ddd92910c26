import { DEFAULT_VIEW } from './deliveryView';
import {
  metricsByQueryOf,
  metricsQueryOf,
  pinned,
  windowOf,
} from './viewQuery';

const now = Date.parse('2026-03-27T23:30:00Z');
const berlin = { ...DEFAULT_VIEW, tz: 'Europe/Berlin', window: { days: 30 } };

describe('the question of a view', () => {
  it('counts days in the zone of the view, today included', () => {
    // Half past midnight on the 28th in Berlin.
    expect(windowOf(berlin, now)).toEqual({
      from: '2026-02-27',
      to: '2026-03-29',
      days: 30,
    });
    expect(windowOf({ ...berlin, tz: 'UTC' }, now).to).toBe('2026-03-28');
  });

  it('takes dates as they are, over a change of the clocks too', () => {
    const window = { from: '2026-03-01', to: '2026-04-01' };
    expect(windowOf({ ...berlin, window }, now)).toEqual({
      ...window,
      days: 31,
    });
  });

  it('asks both routes the same', () => {
    const view = {
      ...berlin,
      scope: ['system:default/pay'],
      environment: 'prod-eu',
    };
    expect(metricsQueryOf(view, now)).toEqual({
      scope: ['system:default/pay'],
      from: '2026-02-27',
      to: '2026-03-29',
      tz: 'Europe/Berlin',
      unit: 'commit',
      start: 'committed',
      recoveryFrom: 'finished',
      bands: '2023',
      environment: 'prod-eu',
      bucket: 'week',
      edition: '2025',
      industry: 'all',
    });
    expect(metricsByQueryOf(view, now)).toMatchObject({
      from: '2026-02-27',
      groupBy: 'team',
    });
  });

  it.each([
    [7, 'day'],
    [90, 'week'],
    [730, 'month'],
  ])('puts %d days in buckets of a %s', (days, bucket) => {
    expect(metricsQueryOf({ ...berlin, window: { days } }, now).bucket).toBe(
      bucket,
    );
  });

  it('pins a moving window, so that a link shows the same tomorrow', () => {
    const link = pinned(berlin, now);
    expect(windowOf(link, now + 5 * 86_400_000)).toEqual(windowOf(berlin, now));
  });
});
