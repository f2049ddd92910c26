import type { Said } from '@fawkes/kit-contract';
import { say, type MetricBucket, type MetricSet } from '../contract';
import { bandTableOf, type BandTable, type BandTableName } from './bands';
import { bucketsOf, completeWeeks, type WindowBucket } from './buckets';
import { changeFailRateOf, shareOfReached } from './changeFailRate';
import { deploymentFrequencyOf, perDayOf } from './deploymentFrequency';
import { changeLeadTimeOf, leadPercentile } from './leadTime';
import { blankReason, dayOf, type Elsewhere, type Period } from './period';
import { recoveryPercentile, recoveryTimeOf } from './recoveryTime';
import { reworkRateOf } from './reworkRate';
import { isApproximate, mergeTallies, type Tally } from './tally';
import { timeToRestoreOf } from './timeToRestore';
import { previousWindow, type ResolvedWindow } from './window';

/**
 * The facts of a scope, counted by day, and the question about them.
 * @public
 */
export interface SummariseInput {
  /** Tallies of the window's facts by local day of `window.tz`. */
  days: ReadonlyMap<string, Tally>;
  /** The same for `previousWindow(window)`. */
  previousDays: ReadonlyMap<string, Tally>;
  /** The time that is asked about. */
  window: ResolvedWindow;
  /** First production deployment known of the scope, ms; null without any. */
  firstFactAt: number | null;
  /** What arrived instead, where nothing of production did. */
  elsewhere?: Elsewhere | null;
  /** Changes are pull requests. */
  byPullRequest?: boolean;
  /** The ladder the levels are read from. */
  bandTable: BandTableName;
  /** The configured table, for `bandTable: 'custom'`. */
  custom?: BandTable;
}

/** A scope's metrics over a window. @public */
export interface Summary {
  /** The metrics of the whole window. */
  metrics: MetricSet;
  /** One entry per bucket of the window, oldest first. */
  series: MetricBucket[];
  /** Percentiles come from sketches, within 1 %. */
  approximate: boolean;
}

/**
 * The metrics of a scope over a window, and their course.
 * @public
 */
export function summarise(input: SummariseInput): Summary {
  const periods = bucketsOf(input.window).map(bucket => ({
    bucket,
    period: bucketPeriod(input, bucket),
  }));
  const whole = mergeTallies(periods.map(({ period }) => period.tally));
  return {
    metrics: metricsOf(input, whole),
    series: periods.map(({ bucket, period }) => pointOf(bucket, period)),
    approximate: isApproximate(whole),
  };
}

/**
 * The metrics alone, for tables with a row per service.
 * @public
 */
export function summariseMetrics(input: SummariseInput): MetricSet {
  return metricsOf(input, mergeTallies(input.days.values()));
}

/**
 * Deployments of each bucket of the window, oldest first.
 * @public
 */
export function deploymentsPerBucket(
  days: ReadonlyMap<string, Tally>,
  window: ResolvedWindow,
): number[] {
  return bucketsOf(window).map(bucket =>
    talliesIn(days, bucket).reduce((sum, day) => sum + day.deployments, 0),
  );
}

function metricsOf(input: SummariseInput, tally: Tally): MetricSet {
  const { window, firstFactAt } = input;
  const context = {
    current: windowPeriod(tally, window, input, 'window'),
    previous: windowPeriod(
      mergeTallies(input.previousDays.values()),
      previousWindow(window),
      input,
      'before',
    ),
    bands: bandTableOf(input.bandTable, input.custom),
  };
  return {
    deploymentFrequency: deploymentFrequencyOf({
      ...context,
      deployDays: deployDaysIn(input.days, input.days.keys()),
      weeks: completeWeeks(window).map(week =>
        deployDaysIn(input.days, week.days),
      ),
      previousIsCut: whyCut(previousWindow(window), firstFactAt),
    }),
    leadTime: changeLeadTimeOf(context),
    changeFailRate: changeFailRateOf(context),
    recoveryTime: recoveryTimeOf(context),
    reworkRate: reworkRateOf(context),
    mttr: timeToRestoreOf(tally),
  };
}

function windowPeriod(
  tally: Tally,
  window: ResolvedWindow,
  { firstFactAt, elsewhere, byPullRequest = false }: SummariseInput,
  span: Period['span'],
): Period {
  const { fromMs, toMs, asOfMs, elapsedDays } = window;
  const blank = blankReason(firstFactAt, fromMs, toMs, asOfMs, elsewhere);
  return { tally, elapsedDays, blank, byPullRequest, span };
}

function bucketPeriod(input: SummariseInput, bucket: WindowBucket): Period {
  const { startMs, endMs, elapsedDays, days } = bucket;
  const tally = mergeTallies(talliesIn(input.days, { days }));
  const { asOfMs } = input.window;
  const { firstFactAt, elsewhere, byPullRequest = false } = input;
  const blank = blankReason(firstFactAt, startMs, endMs, asOfMs, elsewhere);
  return { tally, elapsedDays, blank, byPullRequest, span: 'bucket' };
}

function pointOf(bucket: WindowBucket, period: Period): MetricBucket {
  const { tally } = period;
  return {
    start: new Date(bucket.startMs).toISOString(),
    end: new Date(bucket.endMs).toISOString(),
    partial: bucket.partial,
    deployments: tally.deployments,
    perDay: perDayOf(period),
    leadP50: leadPercentile(period, 0.5),
    leadP90: leadPercentile(period, 0.9),
    failRate: shareOfReached(tally.failed, period),
    recoveryP50: recoveryPercentile(period, 0.5),
    recoveryP90: recoveryPercentile(period, 0.9),
    reworkRate: shareOfReached(tally.rework, period),
  };
}

/** A history that begins half-way makes the period before look idle. */
function whyCut(
  previous: ResolvedWindow,
  firstFactAt: number | null,
): Said | null {
  if (firstFactAt === null || firstFactAt <= previous.fromMs) return null;
  if (firstFactAt >= previous.toMs) return null;
  return say('figure.history_begins', { day: dayOf(firstFactAt) });
}

function talliesIn(
  days: ReadonlyMap<string, Tally>,
  bucket: { days: readonly string[] },
): Tally[] {
  return bucket.days
    .map(day => days.get(day))
    .filter((tally): tally is Tally => tally !== undefined);
}

function deployDaysIn(
  days: ReadonlyMap<string, Tally>,
  keys: Iterable<string>,
): number {
  return [...keys].filter(key => (days.get(key)?.deployments ?? 0) > 0).length;
}
