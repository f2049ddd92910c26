import { DateTime } from 'luxon';

/** The last `days` days including today, or `[from, to)` as dates. @public */
export type TimeWindow = { days: number } | { from: string; to: string };

/** The zone of the browser. @public */
export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A date so many days later; the same where it is no date. */
export function shiftDate(date: string, days: number): string {
  return (
    DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate() ?? date
  );
}

/**
 * The half-open window `[from, to)` as dates in a zone, and its length. "The
 * last 30 days" are today and the 29 days before.
 *
 * @param zone - IANA zone in which days begin
 * @param now - ms since the epoch
 * @public
 */
export function datesOf(
  window: TimeWindow,
  zone: string,
  now: number,
): { from: string; to: string; days: number } {
  if ('from' in window) {
    const { from, to } = window;
    const { days } = DateTime.fromISO(to, { zone: 'utc' }).diff(
      DateTime.fromISO(from, { zone: 'utc' }),
      'days',
    );
    return { from, to, days };
  }
  const { days } = window;
  const end = DateTime.fromMillis(now, { zone })
    .startOf('day')
    .plus({ days: 1 });
  return {
    from: end.minus({ days }).toISODate() ?? '',
    to: end.toISODate() ?? '',
    days,
  };
}
