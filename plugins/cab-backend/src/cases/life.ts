import type { ChangeRow } from '../store/tables';
import type { ScoredRevision } from './scored';

const DAY_MS = 86_400_000;
/** Longest an approval holds without a planned window, and with one. */
const LIFE_MS = 7 * DAY_MS;
const LONGEST_LIFE_MS = 30 * DAY_MS;
/** How long a scan is good for an approval. */
const SCAN_LIFE_MS = 14 * DAY_MS;

/** End of the planned window, or a week; a month at most, and while its scan is young. */
export function expiryOf(
  { window_to }: Pick<ChangeRow, 'window_to'>,
  { inputs, asOf }: Pick<ScoredRevision, 'inputs' | 'asOf'>,
  now: number,
): number {
  const hours = inputs.scanAgeHours?.value;
  const scanned =
    typeof hours === 'number'
      ? Date.parse(asOf) - hours * 3_600_000 + SCAN_LIFE_MS
      : Infinity;
  return Math.min(
    window_to ?? now + LIFE_MS,
    now + LONGEST_LIFE_MS,
    Math.max(scanned, now),
  );
}
