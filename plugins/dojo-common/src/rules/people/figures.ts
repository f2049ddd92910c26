/** Of fewer people nothing is said. */
export const FEWEST_PEOPLE = 5;

/** A group with everybody in it, each once, however groups are nested. */
export interface Crowd {
  group: string;
  /** Groups it is in. */
  parents: readonly string[];
  /** How many people there are, learners or not. */
  size: number;
  /** Ids of those who learn. */
  learners: ReadonlySet<string>;
}

/** So few that a figure about them would be about somebody. */
const isHandful = (count: number) => count > 0 && count < FEWEST_PEOPLE;

/**
 * Why nothing is said of a group: it has too few learners, or what is left when it
 * is taken from a group around it are too few, or a group beside it has.
 */
export function hiddenBecause(
  crowd: Crowd,
  all: readonly Crowd[],
): 'few' | 'rest' | null {
  if (crowd.learners.size < FEWEST_PEOPLE) return 'few';
  for (const parent of all) {
    if (!crowd.parents.includes(parent.group)) continue;
    const rest = [...parent.learners].filter(id => !crowd.learners.has(id));
    if (isHandful(rest.length)) return 'rest';
    const beside = all.filter(
      other =>
        other.group !== crowd.group && other.parents.includes(parent.group),
    );
    if (beside.some(({ learners }) => isHandful(learners.size))) return 'rest';
  }
  return null;
}

/**
 * How many of so many have something, where that tells of nobody: neither those
 * who have it nor those who have not are a handful, and nobody is left out ("5 of
 * 5" tells about everybody).
 */
export function countOf(have: number, all: number): number | null {
  const rest = all - have;
  return have >= FEWEST_PEOPLE && rest >= FEWEST_PEOPLE ? have : null;
}

/** How long a figure stays when only a few people came or went, ms. */
const STAYS_MS = 30 * 86_400_000;

/** Whether the figure of before stays, so that two of them do not tell who came or went. */
export function staysAsItWas(
  before: { learners: ReadonlySet<string>; erased: number; takenAt: number },
  learners: ReadonlySet<string>,
  now: number,
): boolean {
  const came = [...learners].filter(id => !before.learners.has(id)).length;
  const went = [...before.learners].filter(id => !learners.has(id)).length;
  return (
    isHandful(came + went + before.erased) && now - before.takenAt < STAYS_MS
  );
}
