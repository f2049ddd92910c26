import { DateTime } from 'luxon';

const DAY_MS = 86_400_000;

/** Wall time to the minute. */
export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** Reads `2026-12-24T18:00`, which the contract has checked. */
export function wallOf(text: string): Wall {
  const [year, month, day, hour, minute] = text.split(/[-T:]/).map(Number);
  return { year, month, day, hour, minute };
}

/**
 * The instant of a wall time. One that a clock skips is the first instant after
 * the gap; of one that comes twice it is the first.
 *
 * @returns undefined for a day that no calendar has
 */
export function instantOf(wall: Wall, zone: string): number | undefined {
  const at = DateTime.fromObject(wall, { zone });
  if (!at.isValid) return undefined;
  if (
    at.day === wall.day &&
    at.hour === wall.hour &&
    at.minute === wall.minute
  ) {
    return Math.min(...at.getPossibleOffsets().map(each => each.toMillis()));
  }
  // In a gap luxon answers an instant beyond it: go back to where it ends.
  let after = at.toMillis();
  let before = after - 2 * DAY_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    const { offset } = DateTime.fromMillis(middle, { zone });
    if (offset === at.offset) after = middle;
    else before = middle;
  }
  return after;
}
