import { localDay } from '../../components/paths';

/** How many days the page shows. */
export const SHOWN_DAYS = 28;

/** What is shown, on the clock of whoever looks. */
export interface Stretch {
  /** First day, `2026-12-01`. */
  day: string;
  /** Its begin. */
  from: Date;
  /** The begin of the first day that is not shown. */
  to: Date;
  /** Begin of each day, in order. */
  days: Date[];
  /** The days from which one goes back and on. */
  previous: string;
  next: string;
}

/**
 * The days that are shown.
 *
 * @param asked - the first day as the address says it; today where it says none
 */
export function stretchOf(asked: string | null, now: Date): Stretch {
  const first = dayOf(asked) ?? beginOf(now, 0);
  const days = Array.from({ length: SHOWN_DAYS }, (_, at) =>
    beginOf(first, at),
  );
  return {
    day: localDay(first),
    from: first,
    to: beginOf(first, SHOWN_DAYS),
    days,
    previous: localDay(beginOf(first, -SHOWN_DAYS)),
    next: localDay(beginOf(first, SHOWN_DAYS)),
  };
}

/** Begin of a day some days later; a day is not always 24 hours. */
function beginOf(date: Date, later: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + later);
}

function dayOf(text: string | null): Date | undefined {
  const parts = /^(20\d\d)-(\d\d)-(\d\d)$/.exec(text ?? '');
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1).map(Number);
  const date = new Date(year, month - 1, day);
  return localDay(date) === text ? date : undefined;
}

/** A place in a stretch, in percent of its width. */
export interface Place {
  left: number;
  width: number;
}

/** Where a time lies in a stretch, cut at its ends. */
export function placeOf(
  time: { from: string; to: string },
  { from, to }: Pick<Stretch, 'from' | 'to'>,
): Place {
  const length = to.getTime() - from.getTime();
  const at = (iso: string) =>
    Math.min(100, Math.max(0, ((Date.parse(iso) - +from) / length) * 100));
  const left = at(time.from);
  return { left, width: at(time.to) - left };
}
