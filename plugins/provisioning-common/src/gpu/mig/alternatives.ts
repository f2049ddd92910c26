import type { MigBoard, MigProfile } from './boards';
import { judgeLayout, MOST_INSTANCES, type ReportedInstance } from './judge';
import { layoutOf, profileOf, type MigLayout } from './layout';
import type { MigClass } from './profiles';

/** Most alternatives that are offered. */
const MOST = 5;

/** The next smaller class; what has an engine too many goes on without it. */
const SMALLER: Partial<Record<MigClass, MigClass>> = {
  '7g': '4g',
  '4g': '3g',
  '3g': '2g',
  '2g': '1gx2',
  '1gx2': '1g',
  '1g+me': '1g',
  '2g+me': '2g',
  '1g+me.all': '1g+me',
  '2g+me.all': '2g',
  '2g-me': '1g-me',
  '4g+gfx': '2g+gfx',
  '2g+gfx': '1g+gfx',
};

/** Two that are as much together as one. */
const HALVES: Partial<Record<MigClass, ReadonlyArray<[MigClass, MigClass]>>> = {
  '7g': [['4g', '3g']],
  '4g': [
    ['3g', '1g'],
    ['2g', '2g'],
  ],
  '3g': [['2g', '1g']],
  '2g': [['1g', '1g']],
  '4g+gfx': [['2g+gfx', '2g+gfx']],
  '2g+gfx': [['1g+gfx', '1g+gfx']],
  '2g-me': [['1g-me', '1g-me']],
};

/**
 * What would fit instead of a layout that does not: first the most of it that
 * fits, then one instance made a class smaller or divided in two. Each part by
 * how much compute is lost, then memory, then by name.
 *
 * @returns at most five layouts, each of which fits
 * @public
 */
export function alternativesTo(
  board: MigBoard,
  layout: MigLayout,
  existing: readonly ReportedInstance[] = [],
): MigLayout[] {
  const wanted = boundedProfiles(board, layout);
  if (!wanted) return [];
  const fits = (profiles: readonly MigProfile[]) =>
    judgeLayout(board, layoutOf(profiles), existing).fits;
  const asked = keyOf(wanted);
  const offered = new Map<string, MigProfile[]>();
  for (const part of [largestParts(wanted, fits), changed(board, wanted, fits)])
    for (const profiles of [...part].sort(byLoss))
      if (keyOf(profiles) !== asked && profiles.length > 0)
        offered.set(keyOf(profiles), profiles);
  return [...offered.values()].slice(0, MOST).map(layoutOf);
}

/**
 * The profiles of a layout, no more of each than a GPU may hold; undefined where
 * one of them is not known.
 */
function boundedProfiles(
  board: MigBoard,
  layout: MigLayout,
): MigProfile[] | undefined {
  const profiles: MigProfile[] = [];
  for (const [name, count] of Object.entries(layout)) {
    const profile = profileOf(board, name);
    if (!profile) return undefined;
    const most = Math.min(count, profile.max + 1, MOST_INSTANCES);
    for (let i = 0; i < most; i++) profiles.push(profile);
  }
  return profiles;
}

/**
 * Parts that fit, and to which nothing of the whole can be added. They are grown
 * from nothing: a part of what fits fits, and few do.
 */
function largestParts(
  wanted: readonly MigProfile[],
  fits: (profiles: readonly MigProfile[]) => boolean,
): MigProfile[][] {
  const kinds = [...new Set(wanted)];
  const most = new Map(
    kinds.map(kind => [kind, wanted.filter(one => one === kind).length]),
  );
  const largest: MigProfile[][] = [];
  function grow(part: readonly MigProfile[], from: number): void {
    const grown = kinds.map(kind => {
      const here = part.filter(one => one === kind).length;
      const more = [...part, kind];
      return here < most.get(kind)! && fits(more) ? more : undefined;
    });
    if (grown.every(more => !more)) largest.push([...part]);
    // Kinds in their order only, so that each part is met once.
    grown.forEach((more, i) => {
      if (more && i >= from) grow(more, i);
    });
  }
  grow([], 0);
  return largest;
}

/** The whole with one instance smaller, or in two. */
function changed(
  board: MigBoard,
  wanted: readonly MigProfile[],
  fits: (profiles: readonly MigProfile[]) => boolean,
): MigProfile[][] {
  const ofClass = (cls: MigClass) =>
    board.profiles.find(profile => profile.cls === cls);
  const found = new Map<string, MigProfile[]>();
  for (const one of new Set(wanted)) {
    const rest = [...wanted];
    rest.splice(rest.indexOf(one), 1);
    const smaller = SMALLER[one.cls];
    const instead = [
      ...(smaller ? [[smaller]] : []),
      ...(HALVES[one.cls] ?? []),
    ];
    for (const classes of instead) {
      const profiles = classes.flatMap(cls => ofClass(cls) ?? []);
      if (profiles.length < classes.length) continue;
      const whole = [...rest, ...profiles];
      if (fits(whole)) found.set(keyOf(whole), whole);
    }
  }
  return [...found.values()];
}

function byLoss(a: readonly MigProfile[], b: readonly MigProfile[]): number {
  const sum = (all: readonly MigProfile[], what: 'compute' | 'memoryUnits') =>
    all.reduce((total, one) => total + one[what], 0);
  return (
    sum(b, 'compute') - sum(a, 'compute') ||
    sum(b, 'memoryUnits') - sum(a, 'memoryUnits') ||
    (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b)))
  );
}

function keyOf(profiles: readonly MigProfile[]): string {
  return profiles
    .map(({ name }) => name)
    .sort()
    .join('+');
}
