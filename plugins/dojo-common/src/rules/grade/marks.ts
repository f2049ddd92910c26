/** An exact share: no float ever stands between an answer and a pass. @public */
export interface Fraction {
  /** Above the line. */
  numerator: bigint;
  /** Below it, greater than nothing. */
  denominator: bigint;
}

/** Nothing. @public */
export const ZERO: Fraction = { numerator: 0n, denominator: 1n };

/** A fraction in its lowest terms. @public */
export function fraction(
  numerator: bigint | number,
  denominator: bigint | number = 1n,
): Fraction {
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  const by = divisor(n < 0n ? -n : n, d) || 1n;
  return { numerator: n / by, denominator: d / by };
}

/** Sum of two fractions. @public */
export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  );
}

/** A fraction so many times. @public */
export function times(a: Fraction, factor: number): Fraction {
  return fraction(a.numerator * BigInt(factor), a.denominator);
}

/** Whether the first is as much as the second, or more. @public */
export function reaches(a: Fraction, b: Fraction): boolean {
  return a.numerator * b.denominator >= b.numerator * a.denominator;
}

function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}

/**
 * A percent as it is written, as whole numbers: `66.67` is 6667 of 100.
 *
 * @throws TypeError for what is no decimal
 * @public
 */
export function decimalOf(source: string): Fraction {
  const found = /^(-?)(\d{1,50})(?:\.(\d{1,50}))?$/.exec(source);
  if (!found) throw new TypeError('not a decimal number');
  const [, sign, whole, decimals = ''] = found;
  const value = fraction(
    BigInt(whole + decimals),
    10n ** BigInt(decimals.length),
  );
  return sign ? { ...value, numerator: -value.numerator } : value;
}

/**
 * Passed ⇔ total > 0 and 100 · score ≥ percent · total.
 *
 * @param percent - as it is written
 * @public
 */
export function isPass(
  score: Fraction,
  total: number,
  percent: string,
): boolean {
  if (total <= 0) return false;
  const share = decimalOf(percent);
  return (
    100n * score.numerator * share.denominator >=
    share.numerator * BigInt(total) * score.denominator
  );
}

/** ⌈percent · total ÷ 100⌉, for display: a pass is {@link isPass}. @public */
export function requiredOf(total: number, percent: string): number {
  const { numerator, denominator } = decimalOf(percent);
  const below = 100n * denominator;
  return Number((numerator * BigInt(total) + below - 1n) / below);
}
