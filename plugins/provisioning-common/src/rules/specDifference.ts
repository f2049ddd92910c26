import { clipText, compareText } from '@fawkes/kit-contract';
import type { NormalSpec, SpecDifference } from '../contract';
import type { Said } from '@fawkes/kit-contract';
import { say } from './words';

type Json = SpecDifference['before'];

/**
 * The fields in which two specs differ, by path. Both are normal forms, so a
 * default that was left out is no difference.
 * @public
 */
export function specDifference(
  before: NormalSpec,
  after: NormalSpec,
): SpecDifference[] {
  const a = leaves(before);
  const b = leaves(after);
  return [...new Set([...a.keys(), ...b.keys()])]
    .sort(compareText)
    .map(path => ({
      path,
      before: a.get(path) ?? null,
      after: b.get(path) ?? null,
    }))
    .filter(row => row.before !== row.after);
}

/** Every value that is no object, by its path. */
function leaves(
  value: object,
  prefix = '',
  found = new Map<string, Json>(),
): Map<string, Json> {
  for (const [name, inner] of Object.entries(value)) {
    const path = `${prefix}${name}`;
    if (typeof inner === 'object' && inner !== null) {
      leaves(inner, `${path}.`, found);
    } else found.set(path, inner);
  }
  return found;
}

/** What no update changes: with one of these it would be another service. */
const FIXED = ['owner', 'repository', 'language', 'type'];

/**
 * The differences that no update makes (422: destroy and create). The owner
 * changes by a transfer, which both sides accept.
 * @public
 */
export function fixedDifferences(
  differences: readonly SpecDifference[],
): SpecDifference[] {
  return differences.filter(({ path }) => FIXED.includes(path.split('.')[0]));
}

/** A difference as a person reads it. @public */
export function differenceWords({ path, before, after }: SpecDifference): Said {
  if (before === null) {
    return say('spec.added', { path, after: shown(after) });
  }
  return after === null
    ? say('spec.removed', { path, before: shown(before) })
    : say('spec.changed', {
        path,
        before: shown(before),
        after: shown(after),
      });
}

function shown(value: Json): string {
  return clipText(
    typeof value === 'string' ? value : JSON.stringify(value),
    80,
  );
}
