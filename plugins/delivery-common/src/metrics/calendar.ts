import { InputError } from '@backstage/errors';
import { saidError } from '@fawkes/kit-contract';
import { IANAZone } from 'luxon';
import { say } from '../contract';
import { DAY_MS } from './durations';

/**
 * Local days of an IANA zone. Days are named by their date, `2026-03-29`, and
 * last from 23 to 25 hours (or, where a zone jumped over the date line, not at
 * all).
 */

/** Refuses names that are no IANA time zone. */
export function zoneOf(tz: string): IANAZone {
  const zone = IANAZone.create(tz);
  if (!zone.isValid) {
    throw saidError(InputError, say('window.zone', { zone: tz }));
  }
  return zone;
}

/** Wall-clock time as if it were UTC, ms. */
function localMs(ms: number, zone: IANAZone): number {
  return ms + offsetMs(ms, zone);
}

/** How far the zone is ahead of UTC at an instant, ms. */
function offsetMs(ms: number, zone: IANAZone): number {
  return zone.name === 'UTC' ? 0 : Math.round(zone.offset(ms) * 60_000);
}

/** Most starts of days that are remembered: about 80 years of three zones. */
const MOST_REMEMBERED = 100_000;
const remembered = new Map<string, number>();

/**
 * The same for the starts of days, which are asked for again with every
 * question; a zone takes its time to answer.
 */
function offsetOfDay(ms: number, zone: IANAZone): number {
  if (zone.name === 'UTC') return 0;
  const key = `${zone.name} ${ms}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const offset = offsetMs(ms, zone);
  remembered.set(key, offset);
  return offset;
}

function dateOf(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(0, 10);
}

/** `2026-03-29`, `n` days later, by the calendar. @public */
export function addDays(day: string, n: number): string {
  return dateOf(Date.parse(day) + n * DAY_MS);
}

/**
 * The local date of one instant. For many instants use {@link DayCalendar}.
 * @public
 */
export function dayKeyOf(ms: number, tz: string): string {
  return dateOf(localMs(ms, zoneOf(tz)));
}

/**
 * The first instant of a local date. Where midnight is skipped by a clock
 * change the day starts at the change; where it happens twice, at the first.
 * @public
 */
export function dayStartOf(day: string, tz: string): number {
  const zone = zoneOf(tz);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight)) {
    throw new InputError(`'${day}' is not a date; write e.g. 2026-03-01`);
  }
  const before = offsetOfDay(midnight - DAY_MS, zone);
  const after = offsetOfDay(midnight + DAY_MS, zone);
  const candidates = [midnight - before, midnight - after];
  const exact = candidates.filter(
    ms => ms + offsetOfDay(ms, zone) === midnight,
  );
  if (exact.length > 0) return Math.min(...exact);

  let low = Math.min(...candidates);
  let high = Math.max(...candidates);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (localMs(middle, zone) >= midnight) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The local days that cover a span, worked out once, so that millions of
 * instants can be told their day without asking the zone again.
 * @public
 */
export class DayCalendar {
  /** Names of the days, ascending. */
  readonly days: readonly string[];
  readonly #starts: readonly number[];

  /** The days that `[fromMs, toMs)` touches; at least the one of `fromMs`. */
  constructor(fromMs: number, toMs: number, tz: string) {
    const zone = zoneOf(tz);
    const days = [dayKeyOf(fromMs, tz)];
    const starts = [dayStartOf(days[0], tz)];
    for (;;) {
      const start = starts[starts.length - 1];
      let next = start + DAY_MS;
      // The clock did not change: one look at the zone is enough. After a
      // skipped midnight the day does not start at one, hence the second half.
      const offset = offsetOfDay(next, zone);
      const plain =
        offset === offsetOfDay(start, zone) && (next + offset) % DAY_MS === 0;
      if (!plain) next = dayStartOf(addDays(days[days.length - 1], 1), tz);
      starts.push(next);
      if (next >= toMs) break;
      days.push(dateOf(next + offsetOfDay(next, zone)));
    }
    this.days = days;
    this.#starts = starts;
  }

  /** The day an instant inside the span falls on. */
  dayOf(ms: number): string {
    const starts = this.#starts;
    let index = Math.floor((ms - starts[0]) / DAY_MS);
    index = Math.max(0, Math.min(index, this.days.length - 1));
    while (index > 0 && ms < starts[index]) index -= 1;
    while (index < this.days.length - 1 && ms >= starts[index + 1]) index += 1;
    if (ms < starts[index] || ms >= starts[index + 1]) {
      throw new RangeError(`${ms} lies outside of this calendar`);
    }
    return this.days[index];
  }

  /** First instant of the day at an index of `days`; one more is the end. */
  startAt(index: number): number {
    return this.#starts[index];
  }
}
