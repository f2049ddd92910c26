/**
 * An amount in whole minor units as people write it.
 *
 * @param minor - e.g. cents
 * @param currency - ISO 4217
 */
export function formatMoney(
  minor: number,
  currency: string,
  locale: string,
): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}
