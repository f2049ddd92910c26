/**
 * A share as percent: `8.1 %`.
 *
 * @param rate - 0..1
 * @public
 */
export function formatRate(rate: number, locale: string = 'en'): string {
  return `${new Intl.NumberFormat(locale, {
    maximumFractionDigits: 1,
  }).format(rate * 100)} %`;
}

/** A count with the thousands of its language: `1,240`. @public */
export function formatCount(count: number, locale: string = 'en'): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(
    count,
  );
}

/** What stands behind a frequency. @public */
export interface FrequencyWords {
  /** For times a day. */
  day: string;
  /** For times a week. */
  week: string;
  /** For times a month. */
  month: string;
}

const ENGLISH: FrequencyWords = {
  day: '/day',
  week: '/week',
  month: '/month',
};

const DAYS_PER_MONTH = 365.25 / 12;

/**
 * How often something happens, in the unit people would use: `4.3 /day`,
 * `2 /week`, `1.5 /month`.
 *
 * @param perDay - times a day of 86,400 s
 * @param words - what to write behind the number
 * @public
 */
export function formatPerDay(
  perDay: number,
  locale: string = 'en',
  words: FrequencyWords = ENGLISH,
): string {
  const number = new Intl.NumberFormat(locale, {
    maximumFractionDigits: Math.abs(perDay) >= 100 ? 0 : 1,
  });
  const size = Math.abs(perDay);
  if (size === 0 || size >= 0.95) {
    return `${number.format(perDay)} ${words.day}`;
  }
  if (size * 7 >= 0.95) return `${number.format(perDay * 7)} ${words.week}`;
  return `${number.format(perDay * DAYS_PER_MONTH)} ${words.month}`;
}
