import type { MigProfile } from './boards';

/** An instance on a GPU, in memory units. @public */
export interface MigInstance {
  profile: string;
  start: number;
  size: number;
}

/** The memory units that an instance takes, as bits. */
export function unitsOf(start: number, size: number): number {
  return ((1 << size) - 1) << start;
}

/**
 * Places instances on a GPU: the largest first, then by name, each at the lowest
 * start that still lets the rest complete.
 *
 * @param wanted - a profile as often as it is wanted
 * @param taken - memory units that are taken already, as bits
 * @returns undefined when there is no way to place them all
 * @public
 */
export function placeAll(
  wanted: readonly MigProfile[],
  taken = 0,
): MigInstance[] | undefined {
  const ordered = [...wanted].sort(inOrder);
  const placed: MigInstance[] = [];
  /** Places that were tried from a state without success. */
  const dead = new Set<number>();

  function rest(index: number, used: number): boolean {
    if (index === ordered.length) return true;
    const state = used * (ordered.length + 1) + index;
    if (dead.has(state)) return false;
    const { name, memoryUnits, starts } = ordered[index];
    for (const start of starts) {
      const units = unitsOf(start, memoryUnits);
      if (used & units) continue;
      placed.push({ profile: name, start, size: memoryUnits });
      if (rest(index + 1, used | units)) return true;
      placed.pop();
    }
    dead.add(state);
    return false;
  }

  return rest(0, taken) ? placed : undefined;
}

function inOrder(a: MigProfile, b: MigProfile): number {
  if (a.memoryUnits !== b.memoryUnits) return b.memoryUnits - a.memoryUnits;
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
