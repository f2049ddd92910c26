import { InputError } from '@backstage/errors';
import { saidError } from '@fawkes/kit-contract';
import { say, type MetricWindow } from '../contract';
import { dayStartOf, zoneOf } from './calendar';
import { DAY_MS } from './durations';

/** Local days, ISO weeks or calendar months. @public */
export type BucketSize = MetricWindow['bucket'];

/**
 * The time a question is about: the instants `[fromMs, toMs)`, bucketed by the
 * local days, ISO weeks or months of `tz`.
 * @public
 */
export interface ResolvedWindow {
  /** Start, ms. */
  readonly fromMs: number;
  /** Not part of the window. */
  readonly toMs: number;
  /** IANA zone in which days begin. */
  readonly tz: string;
  /** What the series is split into. */
  readonly bucket: BucketSize;
  /** What is known is known until here. */
  readonly asOfMs: number;
  /** Days of 86,400 s from the start until `to`, or `asOf` if earlier. */
  readonly elapsedDays: number;
}

/** Days of the window when none is asked for. @public */
export const DEFAULT_WINDOW_DAYS = 90;
const LONGEST_YEARS = 10;
const LONGEST_DAYS = 3_653;
/** Characters of an instant; with more, it is none. */
const LONGEST_INSTANT = 40;

/**
 * Completes what was asked: the last 90 days when nothing was, a bare date as
 * the start of that day in the zone, a bucket that gives a readable chart.
 * @public
 */
export function resolveWindow(query: {
  /** `2026-03-01` or an instant with an offset. */
  from?: string;
  to?: string;
  tz: string;
  bucket?: BucketSize;
  /** ms */
  now: number;
}): ResolvedWindow {
  const { tz, now } = query;
  zoneOf(tz);
  const toMs = query.to === undefined ? now : instantOf(query.to, 'to', tz);
  const fromMs =
    query.from === undefined
      ? toMs - DEFAULT_WINDOW_DAYS * DAY_MS
      : instantOf(query.from, 'from', tz);
  if (fromMs >= toMs) {
    throw saidError(
      InputError,
      say('window.empty', { from: iso(fromMs), to: iso(toMs) }),
    );
  }
  const days = (toMs - fromMs) / DAY_MS;
  if (days > LONGEST_DAYS) {
    throw saidError(
      InputError,
      say('window.long', { years: LONGEST_YEARS, days: Math.ceil(days) }),
    );
  }
  return windowOf(fromMs, toMs, tz, query.bucket ?? bucketFor(days), now);
}

/** The window of equal length just before. @public */
export function previousWindow(window: ResolvedWindow): ResolvedWindow {
  const { fromMs, toMs, tz, bucket, asOfMs } = window;
  return windowOf(fromMs - (toMs - fromMs), fromMs, tz, bucket, asOfMs);
}

/** The window as answers show it. @public */
export function describeWindow(window: ResolvedWindow): MetricWindow {
  return {
    from: iso(window.fromMs),
    to: iso(window.toMs),
    tz: window.tz,
    bucket: window.bucket,
    elapsedDays: window.elapsedDays,
  };
}

/** Days of 86,400 s in `[fromMs, toMs)` that are over at `asOfMs`. */
export function elapsedDaysOf(
  fromMs: number,
  toMs: number,
  asOfMs: number,
): number {
  return Math.max(0, Math.min(toMs, asOfMs) - fromMs) / DAY_MS;
}

function windowOf(
  fromMs: number,
  toMs: number,
  tz: string,
  bucket: BucketSize,
  asOfMs: number,
): ResolvedWindow {
  const elapsedDays = elapsedDaysOf(fromMs, toMs, asOfMs);
  return { fromMs, toMs, tz, bucket, asOfMs, elapsedDays };
}

/** Up to 31 points by day, up to 29 by week, else by month. */
function bucketFor(days: number): BucketSize {
  // Rounded, because a clock change makes 31 local days an hour longer.
  const rounded = Math.round(days);
  if (rounded <= 31) return 'day';
  return rounded <= 200 ? 'week' : 'month';
}

function instantOf(text: string, name: string, tz: string): number {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return dayStartOf(text, tz);
  const hasOffset =
    text.length <= LONGEST_INSTANT && /T.*(Z|[+-]\d{2}:\d{2})$/i.test(text);
  const ms = hasOffset ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw saidError(InputError, say('window.instant', { name, text }));
  }
  return ms;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
