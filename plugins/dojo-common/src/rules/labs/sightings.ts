import { fraction, isPass } from '../grade/marks';

/** One look at a check: what it found, and when the fact was read. @public */
export interface Look {
  /** Error is neither: nobody knows. */
  verdict: 'pass' | 'fail' | 'error';
  /** When it was looked, ms since the epoch. */
  at: number;
}

/** What is known of one check in one run. @public */
export interface Sighting<L extends Look = Look> {
  /** The first pass; nothing takes it away. */
  passed: L | null;
  /** The newest look of all. */
  last: L | null;
}

/** Nothing was looked at. @public */
export const UNSEEN: Sighting<never> = { passed: null, last: null };

/**
 * Adds a look to what is known. The order in which looks arrive changes nothing,
 * nor does one that arrives twice, and what has passed stays passed.
 * @public
 */
export function withLook<L extends Look>(
  { passed, last }: Sighting<L>,
  look: L,
): Sighting<L> {
  return {
    passed:
      look.verdict === 'pass' && (passed === null || isBefore(look, passed))
        ? look
        : passed,
    last: last === null || isBefore(last, look) ? look : last,
  };
}

const ORDER = { error: 0, fail: 1, pass: 2 } as const;

/** Of two looks at one instant, the one that says more is the later one. */
function isBefore(a: Look, b: Look): boolean {
  return a.at !== b.at ? a.at < b.at : ORDER[a.verdict] < ORDER[b.verdict];
}

/** How a check stands. @public */
export type CheckState = 'open' | 'passed' | 'failed' | 'unknown';

/** How a check stands, in one word. @public */
export function stateOf({ passed, last }: Sighting): CheckState {
  if (passed) return 'passed';
  if (!last) return 'open';
  return last.verdict === 'error' ? 'unknown' : 'failed';
}

/** What of a lab decides. @public */
export interface LabMarks {
  /** Its checks. */
  checks: ReadonlyArray<{ id: string; points: number; required: boolean }>;
  /** What they are worth together. */
  total: number;
  /** The share that passes, as it is written. */
  passPercent: string;
  /** Everything that counts has to hold at one moment. */
  simultaneous: boolean;
}

/** How a run of a lab stands. @public */
export interface LabStanding {
  /** Points of the checks that have passed. */
  earned: number;
  /** Every required check has passed, and the points reach the mark. */
  passed: boolean;
  /** When that became so, ms; null as long as it is not. */
  passedAt: number | null;
}

/**
 * Judges a run by what was seen of its checks. With `simultaneous`, looks of one
 * instant are one round, and only one in which everything held passes the lab.
 *
 * @param sightings - by id of the check
 * @param latched - when the run has passed already; nothing un-passes it
 * @public
 */
export function judgeLab(
  lab: LabMarks,
  sightings: ReadonlyMap<string, Sighting>,
  latched: number | null = null,
): LabStanding {
  const passes = lab.checks.flatMap(check => {
    const { passed, last } = sightings.get(check.id) ?? UNSEEN;
    if (!passed) return [];
    const held = last && last.verdict === 'pass' ? last.at : undefined;
    return [{ ...check, at: passed.at, held }];
  });
  const earned = passes.reduce((sum, { points }) => sum + points, 0);
  const moments = [latched, momentOf(lab, passes)].filter(at => at !== null);
  const passedAt = moments.length > 0 ? Math.min(...moments) : null;
  return { earned, passed: passedAt !== null, passedAt };
}

interface Pass {
  id: string;
  points: number;
  at: number;
  held: number | undefined;
}

/** When what had passed was enough. */
function momentOf(lab: LabMarks, passes: readonly Pass[]): number | null {
  if (lab.simultaneous) {
    const round = Math.max(...passes.map(({ held = -Infinity }) => held));
    const held = passes.filter(pass => pass.held === round);
    return isEnough(lab, held) ? round : null;
  }
  const moments = [...new Set(passes.map(({ at }) => at))].sort(
    (a, b) => a - b,
  );
  const soFar = (moment: number) => passes.filter(({ at }) => at <= moment);
  return moments.find(moment => isEnough(lab, soFar(moment))) ?? null;
}

function isEnough(
  { checks, total, passPercent }: LabMarks,
  passed: ReadonlyArray<{ id: string; points: number }>,
): boolean {
  const ids = new Set(passed.map(({ id }) => id));
  const points = passed.reduce((sum, each) => sum + each.points, 0);
  return (
    checks.every(({ id, required }) => !required || ids.has(id)) &&
    isPass(fraction(points), total, passPercent)
  );
}
