/**
 * Percentiles by linear interpolation at rank p·(n − 1): what PostgreSQL calls
 * `percentile_cont` and most spreadsheets `PERCENTILE`.
 */

/**
 * Percentile of numbers already in ascending order; null without any.
 * @public
 */
export function percentileOfSorted(
  sorted: ArrayLike<number>,
  p: number,
): number | null {
  if (!(p >= 0 && p <= 1)) {
    throw new RangeError(`A percentile lies between 0 and 1, not at ${p}`);
  }
  if (sorted.length === 0) return null;
  const rank = p * (sorted.length - 1);
  const below = Math.floor(rank);
  const low = sorted[below];
  if (rank === below) return low;
  return low + (rank - below) * (sorted[below + 1] - low);
}

/** A copy in ascending order. @public */
export function sortNumbers(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** Percentile of numbers in any order; null without any. @public */
export function percentile(values: Iterable<number>, p: number): number | null {
  return percentileOfSorted(sortNumbers(values), p);
}

/** The 50th percentile; null without any. @public */
export function median(values: Iterable<number>): number | null {
  return percentile(values, 0.5);
}

/** Arithmetic mean; null without any. @public */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
