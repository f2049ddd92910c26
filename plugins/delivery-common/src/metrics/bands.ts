import { InputError } from '@backstage/errors';
import { saidError } from '@fawkes/kit-contract';
import { say, type Band } from '../contract';

/** How often, e.g. 5 deploy-days per week. @public */
export interface DeployDays {
  /** Days with at least one deployment. */
  days: number;
  /** The time they are counted in. */
  per: 'week' | 'month' | 'half-year';
}

/** Where a level begins; what reaches none is `low`. @public */
export type Levels<T> = Record<Exclude<Band, 'low'>, T>;

/** A ladder of thresholds. @public */
export interface BandTable {
  /** Which table it is: `2023`, `2021` or `custom`. */
  name: string;
  /** At least so many days with a deployment. */
  deploymentFrequency: Levels<DeployDays>;
  /** Median below, seconds. */
  leadTime: Levels<number>;
  /** At most, 0..1. */
  changeFailRate: Levels<number>;
  /** Median below, seconds. */
  recoveryTime: Levels<number>;
  /** At most, 0..1. DORA has published none. */
  reworkRate?: Levels<number>;
}

/**
 * The ladders one can ask for; `custom` comes from the configuration.
 * @public
 */
export type BandTableName = '2023' | '2021' | 'custom';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * The ladders in common use: interpolations of DORA's reports. There is none
 * for 2024, whose fail rates do not fall from cluster to cluster, and none for
 * 2025, which published no clusters.
 * @public
 */
export const BAND_TABLES: Record<'2023' | '2021', BandTable> = {
  '2023': {
    name: '2023',
    deploymentFrequency: {
      elite: { days: 5, per: 'week' },
      high: { days: 1, per: 'week' },
      medium: { days: 1, per: 'month' },
    },
    leadTime: { elite: DAY, high: 7 * DAY, medium: 30 * DAY },
    changeFailRate: { elite: 0.05, high: 0.1, medium: 0.15 },
    recoveryTime: { elite: HOUR, high: DAY, medium: 7 * DAY },
  },
  '2021': {
    name: '2021',
    deploymentFrequency: {
      elite: { days: 5, per: 'week' },
      high: { days: 1, per: 'month' },
      medium: { days: 1, per: 'half-year' },
    },
    leadTime: { elite: HOUR, high: 7 * DAY, medium: 180 * DAY },
    changeFailRate: { elite: 0.15, high: 0.2, medium: 0.3 },
    recoveryTime: { elite: HOUR, high: DAY, medium: 7 * DAY },
  },
};

/** The table of a name; `custom` is the one from the configuration. @public */
export function bandTableOf(
  name: BandTableName,
  custom?: BandTable,
): BandTable {
  if (name !== 'custom') return BAND_TABLES[name];
  if (!custom) {
    throw saidError(InputError, say('bands.no_custom'));
  }
  return custom;
}

/** How often a scope deployed. @public */
export interface FrequencyMeasure {
  /** Median over complete weeks; null without one. */
  deployDaysPerWeek: number | null;
  /** Days with a deployment in the window. */
  deployDays: number;
  /** Days of 86,400 s the window has lasted so far. */
  elapsedDays: number;
}

// The longest month and half-year, so that once in every one of them is enough.
const SPAN_DAYS = { month: 31, 'half-year': 184 };

/** The level of a deployment frequency; null when it is unknown. @public */
export function frequencyBand(
  measure: FrequencyMeasure,
  levels: Levels<DeployDays>,
): Band | null {
  const weekly = measure.deployDaysPerWeek;
  if (weekly === null || measure.elapsedDays <= 0) return null;
  return bandOf(levels, ({ days, per }) => {
    if (per === 'week') return weekly >= days;
    const expected = (days * measure.elapsedDays) / SPAN_DAYS[per];
    return measure.deployDays > 0 && measure.deployDays >= expected;
  });
}

/**
 * The level of a duration; null when it is unknown.
 *
 * @param seconds - the median
 * @param below - what each level stays below, seconds
 * @public
 */
export function durationBand(
  seconds: number | null,
  below: Levels<number>,
): Band | null {
  return seconds === null ? null : bandOf(below, limit => seconds < limit);
}

/**
 * The level of a rate; null when it is unknown or the table has none.
 *
 * @param rate - 0..1
 * @param atMost - what each level does not exceed, 0..1
 * @public
 */
export function rateBand(
  rate: number | null,
  atMost: Levels<number> | undefined,
): Band | null {
  if (rate === null || !atMost) return null;
  return bandOf(atMost, limit => rate <= limit);
}

function bandOf<T>(levels: Levels<T>, reaches: (level: T) => boolean): Band {
  const order = ['elite', 'high', 'medium'] as const;
  return order.find(band => reaches(levels[band])) ?? 'low';
}
