/**
 * An instant on a person's clock: `12 Mar 2026, 14:05` (in the order of the
 * language).
 *
 * @param iso - instant in UTC, ISO 8601
 * @param tz - IANA time zone; the browser's when left out
 * @public
 */
export function formatInstant(
  iso: string,
  tz?: string,
  locale: string = 'en',
): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: tz,
  }).format(new Date(iso));
}

/** The instant with seconds and the name of the zone, for tooltips. @public */
export function formatExactInstant(
  iso: string,
  tz?: string,
  locale: string = 'en',
): string {
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone: tz,
  }).format(new Date(iso));
}

/** Only the day: `12 Mar`. @public */
export function formatDay(
  iso: string,
  tz?: string,
  locale: string = 'en',
): string {
  return new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    timeZone: tz,
  }).format(new Date(iso));
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/**
 * How long ago (or until): `3 hours ago`, `in 2 days`.
 *
 * @param now - the instant to compare with, ISO 8601
 * @public
 */
export function formatAgo(
  iso: string,
  now: string,
  locale: string = 'en',
): string {
  const seconds = (Date.parse(iso) - Date.parse(now)) / 1000;
  const [unit, size] =
    STEPS.find(([, each]) => Math.abs(seconds) >= each) ??
    STEPS[STEPS.length - 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(
    Math.round(seconds / size),
    unit,
  );
}
