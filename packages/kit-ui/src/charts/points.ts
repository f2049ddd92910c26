import { chartColour } from './colours';

/** One series of a chart over time. @public */
export interface ChartSeries {
  /** Tells series apart. */
  key: string;
  /** Written at the end of its line. */
  label: string;
  /** By its place among the series when left out. */
  colour?: string;
  /** One value per point, null where unknown. */
  values: readonly (number | null)[];
  /** The lesser of two, drawn thinner. */
  secondary?: boolean;
}

/** A series that has its colour. */
export type DrawnSeries = ChartSeries & { colour: string };

/** Gives each series without a colour that of its place. */
export function coloured(series: readonly ChartSeries[]): DrawnSeries[] {
  return series.map((each, index) => ({
    ...each,
    colour: each.colour ?? chartColour(index),
  }));
}

/** A place on the time axis. @public */
export interface ChartPoint {
  /** Identifies the bucket, e.g. its start. */
  key: string;
  /** As the axis shows it. */
  label: string;
  /** The bucket is cut short by the window or by `asOf`. */
  partial: boolean;
}

/** What recharts draws: complete values, and the partial ones beside them. */
export interface ChartDatum {
  index: number;
  label: string;
  partial: boolean;
  [series: string]: number | string | boolean | null;
}

/** Name of the field with the partial values of a series. */
export const partialKey = (key: string) => `${key}~partial`;

/**
 * Splits every series in its complete values, which are joined by a line, and
 * its partial ones, which stand alone: a line down to what is not over yet
 * would look like a fall.
 */
export function splitPartial(
  points: readonly ChartPoint[],
  series: readonly ChartSeries[],
): ChartDatum[] {
  return points.map((point, index) => {
    const datum: ChartDatum = {
      index,
      label: point.label,
      partial: point.partial,
    };
    for (const { key, values } of series) {
      const value = values[index] ?? null;
      datum[key] = point.partial ? null : value;
      datum[partialKey(key)] = point.partial ? value : null;
    }
    return datum;
  });
}

/** Greatest value of all series; 0 when nothing is known. @public */
export function greatest(series: readonly ChartSeries[]): number {
  return series.reduce(
    (max, { values }) =>
      values.reduce<number>((m, value) => Math.max(m, value ?? 0), max),
    0,
  );
}

/** Index of the last known value, −1 without any. */
export function lastKnown(values: readonly (number | null)[]): number {
  for (let index = values.length - 1; index >= 0; index--) {
    if (values[index] !== null && values[index] !== undefined) return index;
  }
  return -1;
}
