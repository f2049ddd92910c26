import { typeOf } from './typeOf';

/** Before this nobody deployed by events: the clock was never set. */
const EARLIEST_MS = Date.parse('1990-01-01T00:00:00Z');
/** Characters of an instant; with more, it is none. */
const LONGEST_INSTANT = 40;
const INSTANT = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/i;

/**
 * Whether an instant is what a machine says that does not know: 1970, year 1 and
 * what else lies before 1990.
 * @public
 */
export function isMachineZero(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length <= LONGEST_INSTANT &&
    INSTANT.test(value) &&
    Date.parse(value) < EARLIEST_MS
  );
}

/** What may be unknown; a required instant that is not listed is refused. */
const MAY_BE_UNKNOWN: Readonly<Record<string, readonly string[]>> = {
  deployment: ['startedAt', 'finishedAt'],
  commit: ['authoredAt', 'committedAt', 'pushedAt'],
  pull_request: [
    'readyAt',
    'firstReviewAt',
    'approvedAt',
    'mergedAt',
    'closedAt',
  ],
  incident: ['acknowledgedAt', 'resolvedAt'],
  'work-item': ['closedAt'],
};

/**
 * The event without instants that only say that a clock was never set. A
 * deployment is then finished when its sender knew it.
 *
 * @returns the names of those that were dropped beside it
 */
export function withoutMachineZero(value: unknown): {
  value: unknown;
  dropped: ReadonlySet<string>;
} {
  const dropped = new Set<string>();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { value, dropped };
  }
  const fields = value as Record<string, unknown>;
  const type = typeOf(fields) ?? '';
  const names = Object.hasOwn(MAY_BE_UNKNOWN, type) ? MAY_BE_UNKNOWN[type] : [];
  for (const name of names) {
    if (isMachineZero(fields[name])) dropped.add(name);
  }
  const isOld = type === 'commit' && isMachineZero(fields.occurredAt);
  if (dropped.size === 0 && !isOld) return { value, dropped };
  const kept = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !dropped.has(name)),
  );
  // Whatever else is told of the commit is newer.
  if (isOld) kept.occurredAt = new Date(0).toISOString();
  if (type === 'deployment' && dropped.has('finishedAt')) {
    kept.finishedAt = fields.occurredAt;
  }
  return { value: kept, dropped };
}
