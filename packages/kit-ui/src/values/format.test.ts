import { formatDuration, formatExactDuration } from './formatDuration';
import {
  formatAgo,
  formatDay,
  formatExactInstant,
  formatInstant,
} from './formatInstant';
import { formatCount, formatPerDay, formatRate } from './formatNumbers';

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [42, '42 s'],
    [59.6, '1 min'],
    [47 * 60, '47 min'],
    [59.7 * 60, '1 h'],
    [4.25 * 3600, '4 h 15 min'],
    [6 * 3600, '6 h'],
    [9.999 * 3600, '10 h'],
    [22.4 * 3600, '22 h'],
    [23.9 * 3600, '1 day'],
    [33.6 * 3600, '1.4 days'],
    [9.97 * 86_400, '10 days'],
    [43.2 * 86_400, '43 days'],
    [-9 * 3600, '9 h'],
  ])('says %d seconds as %s', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });

  it('speaks the language of the app', () => {
    expect(formatDuration(33.6 * 3600, 'de')).toBe('1,4 Tage');
  });

  it('can be exact', () => {
    expect(formatExactDuration(33.6 * 3600 + 5)).toBe('1 day 9 h 36 min 5 s');
    expect(formatExactDuration(0.4)).toBe('0 s');
  });
});

describe('numbers', () => {
  it.each([
    [0.081, 'en', '8.1 %'],
    [1, 'en', '100 %'],
    [0.1739, 'de', '17,4 %'],
  ])('says the rate %d in %s as %s', (rate, locale, words) => {
    expect(formatRate(rate, locale)).toBe(words);
  });

  it.each([
    [10 / 7, '1.4 /day'],
    [4.3, '4.3 /day'],
    [250.4, '250 /day'],
    [2 / 7, '2 /week'],
    [1 / 20, '1.5 /month'],
    [0, '0 /day'],
  ])('says %d a day as %s', (perDay, words) => {
    expect(formatPerDay(perDay)).toBe(words);
  });

  it('groups thousands', () => {
    expect(formatCount(1240)).toBe('1,240');
    expect(formatCount(1240, 'de')).toBe('1.240');
  });
});

describe('instants', () => {
  const iso = '2026-03-12T13:05:09.000Z';

  it('are shown on the clock of the zone', () => {
    expect(formatInstant(iso, 'Europe/Berlin', 'en-GB')).toBe(
      '12 Mar 2026, 14:05',
    );
    expect(formatDay('2026-03-12T23:30:00Z', 'Europe/Berlin', 'en-GB')).toBe(
      '13 Mar',
    );
    expect(formatExactInstant(iso, 'UTC', 'en-GB')).toBe(
      '12 Mar 2026, 13:05:09 UTC',
    );
  });

  it.each([
    ['2026-03-12T13:05:09Z', '2026-03-12T13:05:09Z', 'now'],
    ['2026-03-12T10:05:09Z', '2026-03-12T13:05:09Z', '3 hours ago'],
    ['2026-03-14T13:05:09Z', '2026-03-12T13:05:09Z', 'in 2 days'],
  ])('%s seen at %s is %s', (then, now, words) => {
    expect(formatAgo(then, now)).toBe(words);
  });
});
