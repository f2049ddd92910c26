import fc from 'fast-check';
import { DateTime } from 'luxon';
import { DayCalendar, dayKeyOf, dayStartOf } from './calendar';

const HOUR = 3_600_000;

describe('dayStartOf', () => {
  it.each([
    ['UTC', '2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['America/New_York', '2026-11-02', '2026-11-02T05:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00:00.000Z'],
    // Midnight is skipped: the day starts at 01:00.
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'],
    // Midnight happens twice: the day starts at the first.
    ['America/Havana', '2025-11-02', '2025-11-02T04:00:00.000Z'],
  ])('%s %s', (tz, day, expected) => {
    expect(new Date(dayStartOf(day, tz)).toISOString()).toBe(expected);
    expect(dayKeyOf(dayStartOf(day, tz), tz)).toBe(day);
  });

  it.each(['2026-13-01', 'soon', ''])("refuses the day '%s'", day => {
    expect(() => dayStartOf(day, 'UTC')).toThrow(/is not a date/);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => dayStartOf('2026-01-01', 'Mars/Olympus')).toThrow(
      /not an IANA time zone/,
    );
  });
});

describe('DayCalendar', () => {
  const days = (from: string, to: string, tz: string) => {
    const calendar = new DayCalendar(Date.parse(from), Date.parse(to), tz);
    return calendar.days.map((day, index) => [
      day,
      (calendar.startAt(index + 1) - calendar.startAt(index)) / HOUR,
    ]);
  };

  it('knows the long and the short day', () => {
    expect(
      days('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z', 'Europe/Berlin'),
    ).toEqual([
      ['2026-03-28', 24],
      ['2026-03-29', 23],
      ['2026-03-30', 24],
    ]);
    expect(
      days('2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z', 'Europe/Berlin'),
    ).toEqual([
      ['2026-10-24', 24],
      ['2026-10-25', 25],
    ]);
  });

  it('goes on at midnight after a midnight that was skipped', () => {
    expect(
      days('2026-04-23T12:00:00Z', '2026-04-25T12:00:00Z', 'Africa/Cairo'),
    ).toEqual([
      ['2026-04-23', 24],
      ['2026-04-24', 23],
      ['2026-04-25', 24],
    ]);
  });

  it('leaves out the day that Samoa skipped', () => {
    expect(
      days('2011-12-29T12:00:00Z', '2011-12-30T12:00:00Z', 'Pacific/Apia'),
    ).toEqual([
      ['2011-12-29', 24],
      ['2011-12-31', 24],
    ]);
  });

  it('does not start a day that the span only touches with its end', () => {
    expect(days('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 'UTC')).toEqual(
      [['2026-01-01', 24]],
    );
  });

  it('refuses what lies outside', () => {
    const calendar = new DayCalendar(0, 1, 'UTC');
    expect(() => calendar.dayOf(-1)).toThrow(/outside/);
    expect(() => calendar.dayOf(24 * HOUR)).toThrow(/outside/);
  });

  it('tells the same day as luxon, in any zone and at any time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'UTC',
          'Europe/Berlin',
          'America/Havana',
          'America/St_Johns',
          'Africa/Cairo',
          'Africa/Casablanca',
          'Asia/Beirut',
          'Australia/Lord_Howe',
          'Pacific/Apia',
        ),
        fc.integer({
          min: Date.parse('2008-01-01'),
          max: Date.parse('2030-01-01'),
        }),
        fc.integer({ min: 1, max: 400 * 24 * HOUR }),
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (tz, from, span, shares) => {
          const calendar = new DayCalendar(from, from + span, tz);
          for (const share of shares) {
            const at = from + Math.floor(share * span);
            const day = DateTime.fromMillis(at, { zone: tz }).toISODate();
            expect(calendar.dayOf(at)).toBe(day);
            expect(dayKeyOf(at, tz)).toBe(day);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
