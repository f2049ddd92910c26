import { compareText } from '@fawkes/kit-contract';
import { DateTime } from 'luxon';
import type { BusinessHours, CalendarRule } from '../../contract';
import { occurrencesOf, type Interval } from './occurrences';
import { instantOf } from './wall';

/** What times are looked at by. @public */
export interface Calendar {
  /** When nothing starts. */
  freezes: readonly CalendarRule[];
  /** When the entity may be worked on. */
  maintenance: readonly CalendarRule[];
  /** When people are there. */
  businessHours: BusinessHours;
}

/** What a time is like, as the fact `window` says it. @public */
export interface WindowFact {
  /** The worst over the whole of it. */
  value: 'allowed' | 'business-hours' | 'off-hours' | 'conflict' | 'freeze';
  /** The freezes or the change requests it meets, sorted. */
  refs: string[];
}

/**
 * What a planned window is like; of none planned, the instant at which it is
 * asked.
 *
 * @param conflicts - change requests whose windows it meets
 * @public
 */
export function windowFactOf(
  at: number | Interval,
  calendar: Calendar,
  conflicts: readonly string[] = [],
): WindowFact {
  const window = typeof at === 'number' ? { from: at, to: at + 1 } : at;
  const freezes = freezesIn(window, calendar);
  if (freezes.length > 0) {
    return { value: 'freeze', refs: freezes.map(({ id }) => id) };
  }
  if (conflicts.length > 0) {
    return { value: 'conflict', refs: [...conflicts].sort(compareText) };
  }
  const open = calendar.maintenance.flatMap(rule =>
    occurrencesOf(rule, window),
  );
  if (isCovered(window, open)) return { value: 'allowed', refs: [] };
  return isWithin(window, calendar.businessHours)
    ? { value: 'business-hours', refs: [] }
    : { value: 'off-hours', refs: [] };
}

/** A freeze that a time meets. @public */
export interface MetFreeze {
  /** Of the rule. */
  id: string;
  /** When the last of it that is met ends, ms. */
  endsAt: number;
}

/** The freezes a time meets, sorted by id. @public */
export function freezesIn(
  window: Interval,
  { freezes }: Pick<Calendar, 'freezes'>,
): MetFreeze[] {
  return freezes
    .map(rule => ({
      id: rule.id,
      endsAt: Math.max(...occurrencesOf(rule, window).map(({ to }) => to)),
    }))
    .filter(({ endsAt }) => Number.isFinite(endsAt))
    .sort((a, b) => compareText(a.id, b.id));
}

/** Whether all of a time lies in others, which may touch and overlap. */
function isCovered({ from, to }: Interval, by: readonly Interval[]): boolean {
  let reached = from;
  for (const each of [...by].sort((a, b) => a.from - b.from)) {
    if (each.from > reached) return false;
    reached = Math.max(reached, each.to);
    if (reached >= to) return true;
  }
  return false;
}

/** Whether all of a time lies in the business hours of one day. */
function isWithin({ from, to }: Interval, hours: BusinessHours): boolean {
  const { zone } = hours;
  const { year, month, day, weekday } = DateTime.fromMillis(from, { zone });
  if (!hours.days.includes(weekday)) return false;
  const at = (clock: string) => {
    const [hour, minute] = clock.split(':').map(Number);
    return instantOf({ year, month, day, hour, minute }, zone) ?? NaN;
  };
  return at(hours.from) <= from && to <= at(hours.to);
}
