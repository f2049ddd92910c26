import type { Interval } from './occurrences';

/** Relations of the catalog over which two changes get in each other's way. */
const NEAR: readonly string[] = [
  'partOf',
  'hasPart',
  'dependsOn',
  'dependencyOf',
];

/** What of an entity says who is next to it. @public */
export interface Related {
  /** As the catalog has them. */
  relations?: ReadonlyArray<{ type: string; targetRef: string }>;
}

/**
 * The entities whose changes meet those of an entity: itself, what it is part of
 * or consists of, and what depends on it or it depends on, directly. Each way
 * round, so that of two changes either one finds the other.
 * @public
 */
export function neighboursOf(
  ref: string,
  { relations = [] }: Related,
): ReadonlySet<string> {
  const near = relations.filter(({ type }) => NEAR.includes(type));
  return new Set([
    ref,
    ...near.map(({ targetRef }) => targetRef.toLowerCase()),
  ]);
}

/** Whether two times have an instant in common; the end is no part of a time. @public */
export function meets(a: Interval, b: Interval): boolean {
  return a.from < b.to && b.from < a.to;
}
