import { decimalOf } from '../grade/marks';
import { readNumber } from '../grade/numbers';

/**
 * A share as the pages show it, without its sign and without groups: `8.1`.
 *
 * @param rate - 0..1
 * @public
 */
export function rateAsShown(rate: number): string {
  return new Intl.NumberFormat('en', {
    maximumFractionDigits: 1,
    useGrouping: false,
  }).format(rate * 100);
}

/**
 * Whether what somebody typed is a figure as it was shown, within half of its
 * last digit, edges included; undefined for what is no number.
 *
 * @param unit - what may stand behind it
 * @param shown - digits with a point at most
 * @public
 */
export function isAsShown(
  typed: string,
  shown: string,
  unit: string,
): boolean | undefined {
  const read = readNumber(typed);
  if (!read || (read.unit !== '' && read.unit !== unit)) return undefined;
  const figure = decimalOf(shown);
  const decimals = shown.split('.')[1]?.length ?? 0;
  const { numerator: a, denominator: b } = read.value;
  const { numerator: c, denominator: d } = figure;
  const away = a * d - c * b;
  // |a/b − c/d| ≤ ½ · 10^−decimals
  return 2n * 10n ** BigInt(decimals) * (away < 0n ? -away : away) <= b * d;
}
