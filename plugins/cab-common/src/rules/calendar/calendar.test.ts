import { cpuTimeOf } from '@internal/hostile-text';
import fc from 'fast-check';
import {
  calendarRuleSchema,
  recurrenceSchema,
  type CalendarRule,
} from '../../contract';
import { meets, neighboursOf } from './conflicts';
import { occurrencesOf } from './occurrences';
import { instantOf, wallOf } from './wall';
import { freezesIn, windowFactOf, type Calendar } from './window';

const iso = (ms: number) => new Date(ms).toISOString();
const ms = (text: string) => Date.parse(text);
const year = (y: number) => ({
  from: ms(`${y}-01-01T00:00:00Z`),
  to: ms(`${y + 1}-01-01T00:00:00Z`),
});
const rule = (more: object): CalendarRule =>
  calendarRuleSchema.parse({
    id: 'r',
    title: 'A rule',
    start: '2026-01-05T22:00',
    durationMinutes: 60,
    zone: 'Europe/Berlin',
    ...more,
  });

describe('wall times', () => {
  it.each([
    [
      'an ordinary one',
      '2026-07-01T12:00',
      'Europe/Berlin',
      '2026-07-01T10:00:00.000Z',
    ],
    [
      'one in a gap',
      '2026-03-29T02:30',
      'Europe/Berlin',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'the end of a gap',
      '2026-03-29T03:00',
      'Europe/Berlin',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'one that comes twice',
      '2026-10-25T02:30',
      'Europe/Berlin',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'half an hour of gap',
      '2026-10-04T02:15',
      'Australia/Lord_Howe',
      '2026-10-03T15:30:00.000Z',
    ],
    [
      'half an hour twice',
      '2026-04-05T01:45',
      'Australia/Lord_Howe',
      '2026-04-04T14:45:00.000Z',
    ],
    [
      'a day that was left out',
      '2011-12-30T12:00',
      'Pacific/Apia',
      '2011-12-30T10:00:00.000Z',
    ],
  ])('%s', (_what, wall, zone, instant) => {
    expect(iso(instantOf(wallOf(wall), zone)!)).toBe(instant);
  });

  it('has no instant for a day that is in no calendar', () => {
    expect(instantOf(wallOf('2026-02-30T12:00'), 'UTC')).toBeUndefined();
    expect(
      occurrencesOf(rule({ start: '2026-02-30T12:00' }), year(2026)),
    ).toEqual([]);
  });
});

describe('occurrences', () => {
  const startsIn = (y: number, more: object) =>
    occurrencesOf(rule(more), year(y)).map(({ from }) => iso(from));

  it.each<[string, number, object, number, string[]]>([
    ['once', 2026, {}, 1, ['2026-01-05T21:00:00.000Z']],
    [
      'every Monday, across the change of clocks',
      2026,
      { repeats: { freq: 'WEEKLY', byDay: ['MO'], byMonth: [3, 4] } },
      9,
      [
        '2026-03-02T21:00:00.000Z',
        '2026-03-09T21:00:00.000Z',
        '2026-03-16T21:00:00.000Z',
        '2026-03-23T21:00:00.000Z',
        '2026-03-30T20:00:00.000Z',
      ],
    ],
    [
      'the last Friday',
      2026,
      { repeats: { freq: 'MONTHLY', byDay: ['-1FR'], count: 3 } },
      3,
      [
        '2026-01-30T21:00:00.000Z',
        '2026-02-27T21:00:00.000Z',
        '2026-03-27T21:00:00.000Z',
      ],
    ],
    [
      'the last working day',
      2026,
      {
        repeats: {
          freq: 'MONTHLY',
          byDay: ['MO', 'TU', 'WE', 'TH', 'FR'],
          bySetPos: [-1],
          count: 2,
        },
      },
      2,
      ['2026-01-30T21:00:00.000Z', '2026-02-27T21:00:00.000Z'],
    ],
    [
      'the 31st, where there is one',
      2026,
      {
        start: '2026-01-31T22:00',
        repeats: { freq: 'MONTHLY', byMonthDay: [31] },
      },
      7,
      ['2026-01-31T21:00:00.000Z', '2026-03-31T20:00:00.000Z'],
    ],
    [
      'the last day',
      2026,
      { repeats: { freq: 'MONTHLY', byMonthDay: [-1], count: 2 } },
      2,
      ['2026-01-31T21:00:00.000Z', '2026-02-28T21:00:00.000Z'],
    ],
    [
      'leap days',
      2028,
      { start: '2024-02-29T22:00', repeats: { freq: 'YEARLY' } },
      1,
      ['2028-02-29T21:00:00.000Z'],
    ],
    [
      'no leap day',
      2027,
      { start: '2024-02-29T22:00', repeats: { freq: 'YEARLY' } },
      0,
      [],
    ],
    [
      'a day that never comes',
      2026,
      { repeats: { freq: 'DAILY', byMonth: [2], byMonthDay: [30] } },
      0,
      [],
    ],
    [
      'up to a day',
      2026,
      { repeats: { freq: 'DAILY', until: '2026-01-07T22:00' } },
      3,
      ['2026-01-05T21:00:00.000Z'],
    ],
    [
      'every other week',
      2026,
      { repeats: { freq: 'WEEKLY', interval: 2, count: 2 } },
      2,
      ['2026-01-05T21:00:00.000Z', '2026-01-19T21:00:00.000Z'],
    ],
  ])('%s', (_what, y, more, count, first) => {
    const starts = startsIn(y, more);
    expect(starts).toHaveLength(count);
    expect(starts.slice(0, first.length)).toEqual(first);
  });

  it('are told when they merely reach into the time that is asked about', () => {
    const long = rule({ durationMinutes: 90 * 24 * 60 });
    expect(
      occurrencesOf(long, {
        from: ms('2026-04-01T00:00:00Z'),
        to: ms('2026-04-02T00:00:00Z'),
      }),
    ).toHaveLength(1);
    const end = ms('2026-01-05T22:00:00Z');
    expect(occurrencesOf(rule({}), { from: end, to: end + 1 })).toEqual([]);
    expect(occurrencesOf(rule({}), { from: end - 1, to: end })).toHaveLength(1);
  });

  it('are found in time, however long ago they began', () => {
    const old = rule({ start: '2000-01-01T00:00', repeats: { freq: 'DAILY' } });
    const day = {
      from: ms('2099-06-01T00:00:00Z'),
      to: ms('2099-06-02T00:00:00Z'),
    };
    expect(occurrencesOf(old, day)).not.toEqual([]);
    // What has a processor for a second blocks everybody else for one.
    expect(cpuTimeOf(() => occurrencesOf(old, day))).toBeLessThan(1_000);
  });

  it.each([
    [{ freq: 'SECONDLY' }],
    [{ freq: 'DAILY', byHour: [1] }],
    [{ freq: 'DAILY', interval: 0 }],
    [{ freq: 'MONTHLY', byMonthDay: [0] }],
    [{ freq: 'WEEKLY', byDay: ['XX'] }],
  ])('refuses %j', repeats => {
    expect(recurrenceSchema.safeParse(repeats).success).toBe(false);
  });
});

describe('what a time is like', () => {
  const calendar: Calendar = {
    freezes: [
      rule({
        id: 'year-end',
        start: '2026-12-19T00:00',
        durationMinutes: 14 * 24 * 60,
      }),
      rule({
        id: 'black-friday',
        start: '2026-11-27T00:00',
        durationMinutes: 24 * 60,
      }),
    ],
    maintenance: [
      rule({ repeats: { freq: 'WEEKLY', byDay: ['MO'] } }),
      rule({
        id: 'later',
        start: '2026-01-05T23:00',
        repeats: { freq: 'WEEKLY', byDay: ['MO'] },
      }),
    ],
    businessHours: {
      zone: 'Europe/Berlin',
      days: [1, 2, 3, 4, 5],
      from: '09:00',
      to: '17:00',
    },
  };
  const at = (text: string) => windowFactOf(ms(text), calendar);

  it.each([
    ['2026-06-15T20:30:00Z', 'allowed'],
    ['2026-06-15T07:00:00Z', 'business-hours'],
    ['2026-06-15T06:59:59Z', 'off-hours'],
    ['2026-06-15T14:59:59Z', 'business-hours'],
    ['2026-06-15T15:00:00Z', 'off-hours'],
    ['2026-06-14T10:00:00Z', 'off-hours'],
    ['2026-12-24T10:00:00Z', 'freeze'],
    ['2026-12-18T23:00:00Z', 'freeze'],
    ['2027-01-01T23:00:00Z', 'off-hours'],
  ])('%s is %s', (text, value) => {
    expect(at(text).value).toBe(value);
  });

  it('is the worst over a window, and two that touch are one', () => {
    const over = (from: string, to: string) =>
      windowFactOf({ from: ms(from), to: ms(to) }, calendar).value;
    expect(over('2026-06-15T20:15:00Z', '2026-06-15T21:45:00Z')).toBe(
      'allowed',
    );
    expect(over('2026-06-15T20:15:00Z', '2026-06-15T22:15:00Z')).toBe(
      'off-hours',
    );
    expect(over('2026-06-15T08:00:00Z', '2026-06-15T09:00:00Z')).toBe(
      'business-hours',
    );
    expect(over('2026-06-15T14:00:00Z', '2026-06-16T08:00:00Z')).toBe(
      'off-hours',
    );
    expect(over('2026-11-20T08:00:00Z', '2026-12-20T08:00:00Z')).toBe('freeze');
  });

  it('names freezes and conflicts, sorted, freezes first', () => {
    const both = {
      from: ms('2026-11-20T08:00:00Z'),
      to: ms('2026-12-20T08:00:00Z'),
    };
    expect(windowFactOf(both, calendar, ['b', 'a'])).toEqual({
      value: 'freeze',
      refs: ['black-friday', 'year-end'],
    });
    expect(
      windowFactOf(ms('2026-06-15T20:30:00Z'), calendar, ['b', 'a']),
    ).toEqual({ value: 'conflict', refs: ['a', 'b'] });
    expect(
      freezesIn(both, calendar).map(({ id, endsAt }) => [id, iso(endsAt)]),
    ).toEqual([
      ['black-friday', '2026-11-27T23:00:00.000Z'],
      ['year-end', '2027-01-01T23:00:00.000Z'],
    ]);
  });
});

describe('what gets in the way of each other', () => {
  it.each([
    ['partOf', true],
    ['hasPart', true],
    ['dependsOn', true],
    ['dependencyOf', true],
    ['ownedBy', false],
    ['consumesApi', false],
  ])('is what is related by %s: %s', (type, isNear) => {
    const ref = 'component:default/shop';
    const relations = [{ type, targetRef: 'System:default/Store' }];
    const near = neighboursOf(ref, { relations });
    expect(near.has(ref)).toBe(true);
    expect(near.has('system:default/store')).toBe(isNear);
  });

  it('is what has an instant in common, whichever comes first', () => {
    const time = fc
      .tuple(fc.nat(20), fc.integer({ min: 1, max: 10 }))
      .map(([from, length]) => ({ from, to: from + length }));
    fc.assert(
      fc.property(time, time, (a, b) => {
        const instants = Array.from({ length: 31 }, (_, at) => at).filter(
          at => a.from <= at && at < a.to && b.from <= at && at < b.to,
        );
        expect(meets(a, b)).toBe(instants.length > 0);
        expect(meets(b, a)).toBe(meets(a, b));
      }),
    );
  });
});
