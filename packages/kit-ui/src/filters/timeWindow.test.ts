import { datesOf, shiftDate } from './timeWindow';

describe('datesOf', () => {
  const now = Date.parse('2026-03-31T23:30:00Z');

  it('counts today as one of the last days, on the clock of the zone', () => {
    expect(datesOf({ days: 30 }, 'UTC', now)).toEqual({
      from: '2026-03-02',
      to: '2026-04-01',
      days: 30,
    });
    // Berlin is already in April, and changed its clocks two days ago.
    expect(datesOf({ days: 30 }, 'Europe/Berlin', now)).toEqual({
      from: '2026-03-03',
      to: '2026-04-02',
      days: 30,
    });
  });

  it('keeps dates of one’s own', () => {
    const own = { from: '2026-02-01', to: '2026-03-01' };
    expect(datesOf(own, 'Asia/Kathmandu', now)).toEqual({ ...own, days: 28 });
  });
});

it('shifts dates over the end of a month', () => {
  expect(shiftDate('2026-03-01', -1)).toBe('2026-02-28');
  expect(shiftDate('2026-12-31', 1)).toBe('2027-01-01');
  expect(shiftDate('', 1)).toBe('');
});
