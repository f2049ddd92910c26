import { addDays, DayCalendar, dayStartOf } from './calendar';
import { elapsedDaysOf, type BucketSize, type ResolvedWindow } from './window';

/** A local day, ISO week or month, as far as the window holds it. @public */
export interface WindowBucket {
  /** Start of the bucket, or of the window where that is later, ms. */
  readonly startMs: number;
  /** End (not included) of the bucket, or of the window if earlier, ms. */
  readonly endMs: number;
  /** Start or end of the window, or `asOf`, cuts it short. */
  readonly partial: boolean;
  /** Days of 86,400 s that are over. */
  readonly elapsedDays: number;
  /** Its local days inside the window, `2026-03-29`. */
  readonly days: readonly string[];
}

/** The window cut into its buckets, oldest first. @public */
export function bucketsOf(window: ResolvedWindow): readonly WindowBucket[] {
  return remembered(window, window.bucket);
}

/**
 * The ISO weeks (from Monday on) that lie in the window as a whole and are
 * over.
 * @public
 */
export function completeWeeks(window: ResolvedWindow): readonly WindowBucket[] {
  return remembered(window, 'week').filter(week => !week.partial);
}

// A table of 2,000 services asks the same window 2,000 times.
const memory = new WeakMap<
  ResolvedWindow,
  Map<BucketSize, readonly WindowBucket[]>
>();

function remembered(
  window: ResolvedWindow,
  size: BucketSize,
): readonly WindowBucket[] {
  const known = memory.get(window) ?? new Map();
  memory.set(window, known);
  const buckets = known.get(size) ?? cut(window, size);
  known.set(size, buckets);
  return buckets;
}

function cut(window: ResolvedWindow, size: BucketSize): WindowBucket[] {
  const { fromMs, toMs, tz, asOfMs } = window;
  const days = new Map<string, string[]>();
  for (const day of new DayCalendar(fromMs, toMs, tz).days) {
    const first = firstDayOf(day, size);
    const bucket = days.get(first);
    if (bucket) bucket.push(day);
    else days.set(first, [day]);
  }
  return Array.from(days, ([first, inside]) => {
    const start = dayStartOf(first, tz);
    const end = dayStartOf(nextFirstDay(first, size), tz);
    const startMs = Math.max(start, fromMs);
    const endMs = Math.min(end, toMs);
    return {
      startMs,
      endMs,
      partial: start < fromMs || end > Math.min(toMs, asOfMs),
      elapsedDays: elapsedDaysOf(startMs, endMs, asOfMs),
      days: inside,
    };
  });
}

/** The date its bucket starts on. */
function firstDayOf(day: string, size: BucketSize): string {
  if (size === 'day') return day;
  if (size === 'month') return `${day.slice(0, 7)}-01`;
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return addDays(day, -sinceMonday);
}

function nextFirstDay(first: string, size: BucketSize): string {
  if (size === 'day') return addDays(first, 1);
  if (size === 'week') return addDays(first, 7);
  return firstDayOf(addDays(first, 31), 'month');
}
