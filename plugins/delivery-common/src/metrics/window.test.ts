import { describeWindow, previousWindow, resolveWindow } from './window';
import { DAY_MS } from './durations';

const now = Date.parse('2026-03-31T12:34:56Z');
const resolve = (query: Partial<Parameters<typeof resolveWindow>[0]> = {}) =>
  resolveWindow({ tz: 'UTC', now, ...query });

describe('resolveWindow', () => {
  it('is the last 90 days by week when nothing is asked for', () => {
    expect(resolve()).toEqual({
      fromMs: now - 90 * DAY_MS,
      toMs: now,
      tz: 'UTC',
      bucket: 'week',
      asOfMs: now,
      elapsedDays: 90,
    });
  });

  it('takes a bare date as the start of that day in the zone', () => {
    const window = resolve({
      from: '2026-03-29',
      to: '2026-03-30',
      tz: 'Europe/Berlin',
    });
    expect(describeWindow(window)).toEqual({
      from: '2026-03-28T23:00:00.000Z',
      to: '2026-03-29T22:00:00.000Z',
      tz: 'Europe/Berlin',
      bucket: 'day',
      elapsedDays: 23 / 24,
    });
  });

  it('takes instants as they are', () => {
    const window = resolve({
      from: '2026-03-01T09:00:00+01:00',
      to: '2026-03-02T08:00:00Z',
    });
    expect(window.elapsedDays).toBe(1);
  });

  it('counts 90 days back from the end asked for', () => {
    expect(describeWindow(resolve({ to: '2026-03-01' })).from).toBe(
      '2025-12-01T00:00:00.000Z',
    );
  });

  it('has only elapsed until now when it ends later', () => {
    const window = resolve({ from: '2026-03-31', to: '2026-04-30' });
    expect(window.elapsedDays).toBeCloseTo(0.524, 3);
  });

  it('has not begun when it lies ahead', () => {
    expect(resolve({ from: '2026-04-01', to: '2026-05-01' }).elapsedDays).toBe(
      0,
    );
  });

  it.each([
    ['2026-03-30', '2026-03-31', 'day'],
    ['2026-03-01', '2026-04-01', 'day'],
    ['2026-03-01', '2026-04-02', 'week'],
    ['2025-09-12', '2026-03-31', 'week'],
    ['2025-09-11', '2026-03-31', 'month'],
  ])('%s to %s is shown by %s', (from, to, bucket) => {
    expect(resolve({ from, to, tz: 'Europe/Berlin' }).bucket).toBe(bucket);
    expect(resolve({ from, to, bucket: 'month' }).bucket).toBe('month');
  });

  it.each([
    ['empty', { from: '2026-03-01', to: '2026-03-01' }, /window is empty/],
    ['reversed', { from: '2026-03-02', to: '2026-03-01' }, /window is empty/],
    ['from the future', { from: '2026-04-01' }, /window is empty/],
    ['too long', { from: '2010-01-01' }, /10 years at most/],
    ['naive', { from: '2026-03-01T09:00:00' }, /with an offset/],
    ['no date', { to: 'yesterday' }, /'to' must be a date/],
    ['no such day', { from: '2026-02-99' }, /is not a date/],
    ['no such zone', { tz: 'Nowhere/At_All' }, /IANA time zone/],
  ])('refuses a window that is %s', (_, query, message) => {
    expect(() => resolve(query)).toThrow(message);
    expect(() => resolve(query)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });

  it('lets ten years through', () => {
    expect(resolve({ from: '2016-03-31', to: '2026-03-31' }).elapsedDays).toBe(
      3_652,
    );
  });
});

describe('previousWindow', () => {
  it('has the same length and ends where the window begins', () => {
    const window = resolve({ from: '2026-03-01', to: '2026-04-30' });
    expect(describeWindow(previousWindow(window))).toEqual({
      from: '2025-12-31T00:00:00.000Z',
      to: '2026-03-01T00:00:00.000Z',
      tz: 'UTC',
      bucket: 'week',
      elapsedDays: 60,
    });
  });
});
