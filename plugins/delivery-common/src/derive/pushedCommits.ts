import { compareText } from '@fawkes/kit-contract';

/** A push, as far as the commits of a pull request are read from it. @public */
export interface PushNode {
  /** `refs/heads/main` */
  ref: string;
  /** What the branch was; null when the push created it. */
  before: string | null;
  /** What it became. */
  after: string;
  /** It threw something away. */
  forced: boolean;
  /** It created the branch. */
  created: boolean;
  /** Its list is whole. */
  complete: boolean;
  /** What was pushed. */
  commits: readonly string[];
  /** When it was told, ms. */
  at: number;
}

/** The commits of a pull request that its sender did not list. @public */
export interface PushedCommits {
  /** Shas of its branch, sorted. */
  commits: string[];
  /** Why not all of them are known; null when they are. */
  missing: 'fork' | 'gap' | null;
}

/** Branches are not pushed more often than this. */
const MOST_PUSHES = 1_000;

/**
 * The commits of a pull request whose sender does not list them, read from the
 * pushes to its branch: from the one that ends with its head back to the one
 * that created the branch. A forced push starts anew. What the base branch
 * carried before it came to this one is not its.
 *
 * @param pushes - all that are known to its branch and to its base branch
 * @public
 */
export function pushedCommits(
  pull: {
    headBranch: string | null;
    headSha: string | null;
    baseBranch: string | null;
  },
  pushes: readonly PushNode[],
): PushedCommits {
  const { headBranch, headSha, baseBranch } = pull;
  if (headBranch?.includes(':')) return { commits: [], missing: 'fork' };
  if (!headBranch || !headSha) return { commits: [], missing: 'gap' };
  const byAfter = new Map<string, PushNode>();
  const carried = new Map<string, number>();
  for (const push of [...pushes].sort(comparePushes)) {
    if (push.ref === refOf(headBranch)) byAfter.set(push.after, push);
    if (baseBranch === null || push.ref !== refOf(baseBranch)) continue;
    for (const sha of push.commits) {
      if (!carried.has(sha)) carried.set(sha, push.at);
    }
  }
  const found = new Set<string>();
  const seen = new Set<string>();
  let missing: PushedCommits['missing'] = 'gap';
  let sha: string | null = headSha;
  while (sha !== null && !seen.has(sha) && seen.size < MOST_PUSHES) {
    seen.add(sha);
    const push = byAfter.get(sha);
    if (!push) break;
    for (const commit of push.commits) {
      if (!((carried.get(commit) ?? Infinity) < push.at)) found.add(commit);
    }
    if (push.created || push.forced) {
      missing = null;
      break;
    }
    if (!push.complete) break;
    sha = push.before;
  }
  return { commits: [...found].sort(compareText), missing };
}

/** Earlier first: what came to the branch last is what is followed. */
function comparePushes(a: PushNode, b: PushNode): number {
  return (
    a.at - b.at ||
    compareText(a.before ?? '', b.before ?? '') ||
    compareText(a.after, b.after)
  );
}

function refOf(branch: string): string {
  return `refs/heads/${branch}`;
}
