const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function number(value: number, locale: string, digits: number): string {
  return new Intl.NumberFormat(locale, {
    maximumFractionDigits: digits,
  }).format(value);
}

function days(value: number, locale: string, digits: number): string {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'day',
    unitDisplay: 'long',
    maximumFractionDigits: digits,
  }).format(value);
}

/**
 * A duration as people say it: `42 s`, `47 min`, `4 h 15 min`, `14 h`,
 * `1.4 days`, `43 days`. A negative one is shown by its size; the words around
 * it say in which direction it goes.
 *
 * @param seconds - the duration in seconds
 * @param locale - BCP 47 language, e.g. `en` or `de`
 * @public
 */
export function formatDuration(seconds: number, locale: string = 'en'): string {
  const size = Math.abs(seconds);
  if (Math.round(size) < MINUTE) return `${number(size, locale, 0)} s`;

  const minutes = Math.round(size / MINUTE);
  if (minutes < 60) return `${number(minutes, locale, 0)} min`;

  if (minutes < 10 * 60) {
    const rest = minutes % 60;
    const hours = `${number(Math.floor(minutes / 60), locale, 0)} h`;
    return rest === 0 ? hours : `${hours} ${number(rest, locale, 0)} min`;
  }

  const hours = Math.round(size / HOUR);
  if (hours < 24) return `${number(hours, locale, 0)} h`;

  const inDays = size / DAY;
  return days(inDays, locale, inDays < 9.95 ? 1 : 0);
}

/**
 * The same duration without rounding, for tooltips and tables:
 * `1 day 9 h 36 min 5 s`.
 *
 * @param seconds - the duration in seconds
 * @public
 */
export function formatExactDuration(
  seconds: number,
  locale: string = 'en',
): string {
  const total = Math.round(Math.abs(seconds));
  const wholeDays = Math.floor(total / DAY);
  const parts = [
    wholeDays > 0 ? days(wholeDays, locale, 0) : '',
    unit(Math.floor((total % DAY) / HOUR), 'h'),
    unit(Math.floor((total % HOUR) / MINUTE), 'min'),
    unit(total % MINUTE, 's'),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : '0 s';
}

function unit(value: number, name: string): string {
  return value > 0 ? `${value} ${name}` : '';
}
