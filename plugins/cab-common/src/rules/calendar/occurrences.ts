import { DateTime } from 'luxon';
import { RRule, Weekday } from 'rrule';
import type { CalendarRule, Recurrence } from '../../contract';
import { instantOf, wallOf, type Wall } from './wall';

/** From an instant (ms) to another that is not part of it. @public */
export interface Interval {
  /** First instant. */
  from: number;
  /** First instant that is no longer part of it. */
  to: number;
}

const DAY_MS = 86_400_000;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * When a rule holds, as far as it touches an interval, in order. Starts are
 * found on wall time, written as if it were UTC, so that neither the zone of the
 * process nor a clock that is put back has a say.
 * @public
 */
export function occurrencesOf(
  rule: CalendarRule,
  { from, to }: Interval,
): Interval[] {
  const length = rule.durationMinutes * 60_000;
  return startsOf(rule, from - length - DAY_MS, to + DAY_MS)
    .map(wall => instantOf(wall, rule.zone))
    .filter(start => start !== undefined)
    .map(start => ({ from: start, to: start + length }))
    .filter(each => each.from < to && each.to > from)
    .sort((a, b) => a.from - b.from);
}

/** Wall times at which it begins, around two instants. */
function startsOf(rule: CalendarRule, after: number, before: number): Wall[] {
  const first = wallOf(rule.start);
  if (!rule.repeats) return [first];
  const offset = (instant: number) =>
    DateTime.fromMillis(instant, { zone: rule.zone }).offset * 60_000;
  return new RRule(optionsOf(first, rule.repeats))
    .between(
      new Date(after + offset(after)),
      new Date(before + offset(before)),
      true,
    )
    .map(date => ({
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
    }));
}

function optionsOf(first: Wall, repeats: Recurrence) {
  const { until, count, byDay, byMonthDay, byMonth, bySetPos } = repeats;
  return {
    freq: RRule[repeats.freq],
    dtstart: asUtc(first),
    interval: repeats.interval,
    ...(until && { until: asUtc(wallOf(until)) }),
    ...(count && { count }),
    ...(byDay && { byweekday: byDay.map(weekdayOf) }),
    ...(byMonthDay && { bymonthday: byMonthDay }),
    ...(byMonth && { bymonth: byMonth }),
    ...(bySetPos && { bysetpos: bySetPos }),
  };
}

function asUtc({ year, month, day, hour, minute }: Wall): Date {
  return new Date(Date.UTC(year, month - 1, day, hour, minute));
}

/** `-1FR`: the last Friday. */
function weekdayOf(text: string): Weekday {
  const day = WEEKDAYS.indexOf(text.slice(-2));
  const nth = text.slice(0, -2);
  return nth ? new Weekday(day, Number(nth)) : new Weekday(day);
}
