import { gitText } from '../git';
import { findByTrailer } from '../history';
import { branchRef, MAIN } from '../names';
import { isAncestor } from '../read';
import { treeOf } from '../repository';
import { askRemote, type RemoteRepository } from './remote';
import { Scratch, type CommitWords, type NewTree } from './scratch';

/** A rendered tree, and where it belongs. */
export interface EnsureRequest {
  remote: RemoteRepository;
  files: NewTree;
  words: CommitWords;
  /** Which of the trailers tells this commit from all others. */
  marker: string;
  /** Whether we made the repository; only then is a lone first commit nobody's. */
  origin: 'created' | 'adopted';
  /** Where it is proposed when people's work is in the way, e.g. `fawkes/update-3`. */
  updateBranch: string;
  /** Folder for what is needed on the way. */
  workDirectory: string;
  signal?: AbortSignal;
}

/** What holds now. */
export type Ensured =
  /** Main has these files already. */
  | { outcome: 'unchanged'; commit: string; tree: string }
  /** Our commit was there before; people went on from it. */
  | { outcome: 'already'; commit: string; tree: string }
  | { outcome: 'pushed'; commit: string; tree: string; before: string | null }
  /** Main has other things; ours are on a branch, to be looked at. */
  | {
      outcome: 'proposed';
      commit: string;
      tree: string;
      branch: string;
      base: string;
    }
  | { outcome: 'gone' | 'forbidden' | 'moved' }
  /** The server looked at the push and refused it. */
  | { outcome: 'refused'; said: string }
  /** Sent, and nobody knows whether it arrived; look it up before anything else. */
  | { outcome: 'unknown'; commit: string; tree: string; said: string };

/** How often somebody else may push in between. */
const ATTEMPTS = 3;

/**
 * Makes a repository hold a rendered tree. It looks first, pushes forward only,
 * and looks again: run twice, the second time changes nothing.
 *
 * @throws Error when the server cannot be reached before anything was sent
 */
export async function ensureTree(request: EnsureRequest): Promise<Ensured> {
  const reachable = await askRemote(request.remote, request.signal);
  if (reachable !== 'ok') return { outcome: reachable };
  const scratch = await Scratch.make(request.workDirectory);
  try {
    const tree = await scratch.writeTree(request.files);
    let refused = '';
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const step = await decide(request, scratch, tree);
      if ('outcome' in step) return step;
      const { commit, ref, settled } = step;
      const { remote, signal } = request;
      const { result, said } = await scratch.push(remote, commit, ref, signal);
      if (result === 'pushed') return settled;
      if (result === 'unknown') {
        return { outcome: 'unknown', commit, tree, said };
      }
      refused = said;
    }
    return { outcome: 'refused', said: refused };
  } finally {
    await scratch.remove();
  }
}

/** A push to make, and what it means once it is made. */
interface Step {
  commit: string;
  ref: string;
  settled: Ensured;
}

async function decide(
  request: EnsureRequest,
  scratch: Scratch,
  tree: string,
): Promise<Step | Ensured> {
  const { remote, updateBranch, words, signal } = request;
  const { directory } = scratch;
  const branch = branchRef(updateBranch);
  const tips = await scratch.fetch(remote, [MAIN, branch], signal);
  const main = tips.get(MAIN);
  if (!main) {
    const commit = await scratch.commit(tree, [], words);
    const settled = { outcome: 'pushed', commit, tree, before: null } as const;
    return { commit, ref: MAIN, settled };
  }
  if ((await treeOf(directory, main)) === tree) {
    return { outcome: 'unchanged', commit: main, tree };
  }
  const before = await findOurs(scratch, request, main, tree);
  if (before) return { outcome: 'already', commit: before, tree };
  if (request.origin === 'created' && (await holdsNothing(scratch, main))) {
    const commit = await scratch.commit(tree, [main], words);
    const settled = { outcome: 'pushed', commit, tree, before: main } as const;
    return { commit, ref: MAIN, settled };
  }
  return propose(request, scratch, tree, { main, tip: tips.get(branch) });
}

/** Puts the tree onto the branch for updates, forward from where it is. */
async function propose(
  { words, updateBranch }: EnsureRequest,
  scratch: Scratch,
  tree: string,
  { main, tip }: { main: string; tip: string | undefined },
): Promise<Step | Ensured> {
  const { directory } = scratch;
  const proposal = { tree, branch: updateBranch, base: main } as const;
  const current = tip !== undefined && (await isAncestor(directory, main, tip));
  if (tip && current && (await treeOf(directory, tip)) === tree) {
    return { outcome: 'proposed', commit: tip, ...proposal };
  }
  const parents = [tip, current ? undefined : main].filter(each => !!each);
  const commit = await scratch.commit(tree, parents as string[], words);
  return {
    commit,
    ref: branchRef(updateBranch),
    settled: { outcome: 'proposed', commit, ...proposal },
  };
}

/** What hosts put into a new repository by themselves. */
const HOSTS_FILES =
  /^(README(\.md|\.txt)?|LICEN[CS]E(\.md|\.txt)?|\.gitignore)$/i;

/** Whether a branch is one commit of what the host put there. */
async function holdsNothing(scratch: Scratch, main: string): Promise<boolean> {
  const { directory } = scratch;
  const count = ['rev-list', '--count', '--max-count=2', main, '--'];
  if ((await gitText({ directory, args: count })) !== '1') return false;
  const list = ['ls-tree', '-r', '-z', '--name-only', '--full-tree', main];
  const names = await gitText({ directory, args: list });
  return names
    .split('\0')
    .filter(Boolean)
    .every(name => HOSTS_FILES.test(name));
}

/**
 * Our own commit in a branch's history. Anybody can write our trailer, so it
 * has to hold our files too.
 */
async function findOurs(
  { directory }: Scratch,
  { words, marker }: Pick<EnsureRequest, 'words' | 'marker'>,
  tip: string,
  tree: string,
): Promise<string | undefined> {
  const trailer = { key: marker, value: words.trailers[marker] };
  const found = await findByTrailer(directory, tip, trailer);
  if (!found || (await treeOf(directory, found)) !== tree) return undefined;
  return found;
}

/** Where a commit of ours was found. */
export interface Found {
  branch: string;
  commit: string;
}

/**
 * Looks up what became of a push that nobody knows of. Not found is no proof: a
 * server may still be at it, so ask again before the effect is given up.
 */
export async function lookUp(
  request: EnsureRequest,
): Promise<Found | 'absent' | 'gone' | 'forbidden' | 'moved'> {
  const reachable = await askRemote(request.remote, request.signal);
  if (reachable !== 'ok') return reachable;
  const scratch = await Scratch.make(request.workDirectory);
  try {
    const tree = await scratch.writeTree(request.files);
    const branches = ['main', request.updateBranch];
    const tips = await scratch.fetch(
      request.remote,
      branches.map(branchRef),
      request.signal,
    );
    for (const branch of branches) {
      const tip = tips.get(branchRef(branch));
      const commit = tip && (await findOurs(scratch, request, tip, tree));
      if (commit) return { branch, commit };
    }
    return 'absent';
  } finally {
    await scratch.remove();
  }
}
