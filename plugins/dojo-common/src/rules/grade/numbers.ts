import { fraction, type Fraction } from './marks';

/** A number with the unit behind it. @public */
export interface ReadNumber {
  /** Exactly. */
  value: Fraction;
  /** As it is shown: no groups, a point as decimal mark. */
  text: string;
  /** Empty where none was given. */
  unit: string;
}

const LONGEST = 100;
const MAX_EXPONENT = 30;
const MARKS = /[.,]/g;

/**
 * Reads a number as people write it: one mark, comma or point, is the decimal
 * mark; of two kinds the last is; groups of three may be kept apart by spaces or
 * apostrophes, or by a mark that occurs twice. What is none is `undefined`.
 *
 * @public
 */
export function readNumber(typed: string): ReadNumber | undefined {
  if (typed.length > 500) return undefined;
  const text = typed
    .normalize('NFKC')
    .replace(/[\u2212\u2010\u2011]/g, '-')
    .replace(/[\u2019\u02bc]/g, "'")
    .trim();
  // Number first, unit after it; each run of characters has one reading only.
  const found =
    /^([+-]?)([\d][\d.,' \u202f]*|[.,]\d[\d]*)(?:e([+-]?\d{1,3}))?(.*)$/u.exec(
      text,
    );
  if (!found) return undefined;
  const [, sign, digits, exponent = '0', rest] = found;
  const unit = rest.trim();
  if (/^[\d_'.,+-]/.test(unit) || (unit.includes('/') && /\d/.test(unit))) {
    return undefined;
  }
  const plain = plainOf(digits.trim());
  const power = Number(exponent);
  if (plain === undefined || plain.length > LONGEST) return undefined;
  if (Math.abs(power) > MAX_EXPONENT) return undefined;
  const [whole, decimals = ''] = plain.split('.');
  const places = decimals.length - power;
  const all = BigInt(`${whole}${decimals}` || '0');
  const value =
    places >= 0
      ? fraction(all, 10n ** BigInt(places))
      : fraction(all * 10n ** BigInt(-places));
  const negative = sign === '-' && value.numerator !== 0n;
  return {
    value: negative ? { ...value, numerator: -value.numerator } : value,
    text: `${negative ? '-' : ''}${asDecimal(all, places)}`,
    unit,
  };
}

/** Digits with a point at most, or undefined where groups make no sense. */
function plainOf(digits: string): string | undefined {
  const marks = [...new Set(digits.match(MARKS) ?? [])];
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const count = (mark: string) => digits.split(mark).length - 1;
  const decimal =
    marks.length === 0 || (marks.length === 1 && count(marks[0]) > 1)
      ? undefined
      : digits[last];
  if (decimal !== undefined && count(decimal) > 1) return undefined;
  const [whole, decimals] =
    decimal === undefined ? [digits, ''] : digits.split(decimal);
  if (/\D/.test(decimals)) return undefined;
  const groups = whole.split(/[.,' \u202f]/);
  const grouped =
    groups.length === 1 ||
    (/^\d{1,3}$/.test(groups[0]) &&
      groups.slice(1).every(group => /^\d{3}$/.test(group)));
  if (!grouped) return undefined;
  // Groups are kept apart by one sign, not by several.
  if (new Set(whole.match(/[.,' \u202f]/g) ?? []).size > 1) return undefined;
  const joined = groups.join('') || '0';
  return decimals ? `${joined}.${decimals}` : joined;
}

function asDecimal(all: bigint, places: number): string {
  if (places <= 0) return (all * 10n ** BigInt(-places)).toString();
  const text = all.toString().padStart(places + 1, '0');
  return `${text.slice(0, -places)}.${text.slice(-places)}`;
}
