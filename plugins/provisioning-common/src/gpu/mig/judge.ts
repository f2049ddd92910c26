import type { MigBoard, MigProfile } from './boards';
import {
  hasAllMedia,
  hasMedia,
  hasNoMedia,
  profileOf,
  type MigLayout,
} from './layout';
import { placeAll, unitsOf, type MigInstance } from './place';

/** An instance that a host reports. @public */
export interface ReportedInstance {
  profile: string;
  start: number;
}

/** Why a GPU cannot be cut so. @public */
export type MigRefusal =
  | { code: 'UNKNOWN_PROFILE'; profile: string; board: string; known: string }
  | { code: 'COMPUTE_INSTANCE'; profile: string; within: string }
  | { code: 'INCONSISTENT_STATE'; why: InconsistentWhy; profile: string }
  | { code: 'MIG_ME'; profile: string }
  | { code: 'MIG_ME_ALL'; profile: string }
  | { code: 'MIG_MAX'; profile: string; count: number; max: number }
  | { code: 'MIG_FRAGMENTED' }
  | {
      code: 'MIG_DOES_NOT_FIT';
      compute: number;
      slices: number;
      memory: number;
      units: number;
    };

/** Why what a host reports cannot be. @public */
export type InconsistentWhy = 'unknown' | 'start' | 'overlap' | 'media';

/** A layout that fits, with its places, or why it does not. @public */
export type MigVerdict =
  | { fits: true; placements: MigInstance[] }
  | { fits: false; refusal: MigRefusal };

/** Most instances of one profile that are looked at. @public */
export const MOST_INSTANCES = 64;

/**
 * Whether a GPU can be cut so, beside what is on it already. On an empty GPU
 * that is a sum; with instances on it only a search for places decides.
 *
 * @param existing - as the host reports them; they stay where they are
 * @public
 */
export function judgeLayout(
  board: MigBoard,
  layout: MigLayout,
  existing: readonly ReportedInstance[] = [],
): MigVerdict {
  const wanted: MigProfile[] = [];
  for (const [name, count] of Object.entries(layout)) {
    const profile = profileOf(board, name);
    if (!profile) return refuse(unknownProfile(board, name));
    // More than fit are as good as one more than fits.
    const most = Math.min(count, MOST_INSTANCES);
    for (let i = 0; i < most; i++) wanted.push(profile);
  }

  const state = readState(board, existing);
  if ('refusal' in state) return refuse(state.refusal);
  const all = [...state.profiles, ...wanted];
  const clash = mediaClash(all) ?? overMax(all, layout);
  if (clash) return refuse(clash);

  const placements = placeAll(wanted, state.taken);
  if (placements) return { fits: true, placements };
  const compute = sumOf(all, 'compute');
  const memory = sumOf(all, 'memoryUnits');
  const { computeSlices: slices, memoryUnits: units } = board;
  return refuse(
    compute <= slices && memory <= units
      ? { code: 'MIG_FRAGMENTED' }
      : { code: 'MIG_DOES_NOT_FIT', compute, slices, memory, units },
  );
}

function refuse(refusal: MigRefusal): MigVerdict {
  return { fits: false, refusal };
}

function unknownProfile(board: MigBoard, profile: string): MigRefusal {
  const part = /^\d{1,2}c\.(.{1,40})$/.exec(profile);
  if (part && profileOf(board, part[1]))
    return { code: 'COMPUTE_INSTANCE', profile, within: part[1] };
  return {
    code: 'UNKNOWN_PROFILE',
    profile,
    board: board.board,
    known: board.profiles.map(({ name }) => name).join(', '),
  };
}

/** Reported instances are believed unless they are impossible. */
function readState(
  board: MigBoard,
  existing: readonly ReportedInstance[],
): { profiles: MigProfile[]; taken: number } | { refusal: MigRefusal } {
  const impossible = (why: InconsistentWhy, profile: string) => ({
    refusal: { code: 'INCONSISTENT_STATE', why, profile } as const,
  });
  const profiles: MigProfile[] = [];
  let taken = 0;
  for (const { profile: name, start } of existing) {
    const profile = profileOf(board, name);
    if (!profile) return impossible('unknown', name);
    if (!profile.starts.includes(start)) return impossible('start', name);
    const units = unitsOf(start, profile.memoryUnits);
    if (taken & units) return impossible('overlap', name);
    taken |= units;
    profiles.push(profile);
  }
  const clash = mediaClash(profiles);
  return clash ? impossible('media', clash.profile) : { profiles, taken };
}

/** A GPU has its media engines once. */
function mediaClash(
  all: readonly MigProfile[],
): (MigRefusal & { profile: string }) | undefined {
  const media = all.filter(hasMedia);
  if (media.length > 1) return { code: 'MIG_ME', profile: media[1].name };
  const [whole] = media.filter(hasAllMedia);
  const beside = all.find(one => one !== whole && !hasNoMedia(one));
  return whole && beside
    ? { code: 'MIG_ME_ALL', profile: beside.name }
    : undefined;
}

function overMax(
  all: readonly MigProfile[],
  layout: MigLayout,
): MigRefusal | undefined {
  for (const profile of new Set(all)) {
    const here = all.filter(one => one === profile).length;
    if (here <= profile.max) continue;
    // Counts above what is looked at are said as they were asked for.
    const count = Math.max(here, layout[profile.name] ?? 0);
    return { code: 'MIG_MAX', profile: profile.name, count, max: profile.max };
  }
  return undefined;
}

function sumOf(
  profiles: readonly MigProfile[],
  what: 'compute' | 'memoryUnits',
): number {
  return profiles.reduce((sum, profile) => sum + profile[what], 0);
}
