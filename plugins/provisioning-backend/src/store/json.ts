import type { Said } from '@fawkes/kit-contract';

/** JSON as a column keeps it. */
export function written(value: unknown): string {
  return JSON.stringify(value);
}

/** What {@link written} wrote. */
export function read<T>(text: string): T {
  return JSON.parse(text);
}

/** Words of a column that may hold none. */
export function wordsIn(text: string | null): Said | null {
  return text === null ? null : read<Said>(text);
}

/** An instant as answers have it. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** The same for one that may not have been yet. */
export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
