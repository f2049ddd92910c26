import type { MetricsByResponse } from '@fawkes/backstage-plugin-delivery-common';
import { DateTime } from 'luxon';

/** Whether a week of that window begins at this instant. */
function isMonday(iso: string, zone: string): boolean {
  const at = DateTime.fromISO(iso, { zone });
  return +at === +at.startOf('week');
}

/**
 * Which of the weeks of a window are cut short: the first by its beginning, the
 * last by its end or because it is not over yet.
 *
 * @param weeks - how many weeks there are
 */
export function partialWeeks(
  { window, asOf }: Pick<MetricsByResponse, 'window' | 'asOf'>,
  weeks: number,
): boolean[] {
  const until = Date.parse(asOf) < Date.parse(window.to) ? asOf : window.to;
  return Array.from(
    { length: weeks },
    (_, week) =>
      (week === 0 && !isMonday(window.from, window.tz)) ||
      (week === weeks - 1 && !isMonday(until, window.tz)),
  );
}
