const DAY_MS = 86_400_000;

/**
 * When something ends that was asked for so many days, or until an instant. Days are
 * counted by the database's clock, whatever a browser takes for now.
 */
export function endOf(
  startsAt: number,
  days: number | undefined,
  until: string | undefined,
): number {
  return days === undefined ? Date.parse(until!) : startsAt + days * DAY_MS;
}
