const PERIOD = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/;
const DAY_MS = 86_400_000;

/**
 * Until when something holds: the same time of the day in UTC, on the last day of a
 * month that has no such day; 29 February and P2Y is 28 February.
 *
 * @param at - from when on, in milliseconds
 * @param period - ISO 8601 of years, months and days, like P2Y
 * @public
 */
export function validUntil(at: number, period: string): number {
  const [years, months, days] = [1, 2, 3].map(part =>
    Number(PERIOD.exec(period)?.[part] ?? 0),
  );
  const end = new Date(at);
  const year = end.getUTCFullYear();
  const month = end.getUTCMonth() + 12 * years + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  end.setUTCFullYear(year, month, Math.min(end.getUTCDate(), lastDay));
  return end.getTime() + days * DAY_MS;
}
