import { gitText } from '../git';
import { findByTrailer } from '../history';
import { branchRef, MAIN, objectId } from '../names';
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

/** Main has our files. */
interface Written {
  /**
   * Ours on main, or, where ours came with a merge of what was proposed, main
   * itself: with people's files it is a whole.
   */
  commit: string;
  /** Exactly our files. */
  tree: string;
  /** A commit of exactly our files, in the history of main. */
  written: string;
}

/** What holds now. */
export type Ensured =
  /** Main has these files already. */
  | (Written & { outcome: 'unchanged' })
  /** Our commit was there before; people went on from it. */
  | (Written & { outcome: 'already' })
  | (Written & { outcome: 'pushed'; before: string | null })
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
    return pushed({ commit, tree, written: commit, before: null });
  }
  if ((await treeOf(directory, main)) === tree) {
    return { outcome: 'unchanged', commit: main, tree, written: main };
  }
  const written = await findOurs(scratch, request, main, tree);
  if (written) {
    const commit = await standsFor(scratch, main, written);
    return { outcome: 'already', commit, tree, written };
  }
  if (request.origin === 'created' && (await holdsNothing(scratch, main))) {
    const commit = await scratch.commit(tree, [main], words);
    return pushed({ commit, tree, written: commit, before: main });
  }
  return propose(request, scratch, tree, { main, tip: tips.get(branch) });
}

function pushed(made: Written & { before: string | null }): Step {
  const { commit } = made;
  return { commit, ref: MAIN, settled: { outcome: 'pushed', ...made } };
}

/**
 * Lays the files over main, on the branch for updates, forward from where it is:
 * what people have besides stays when it is merged. A commit of exactly our files
 * comes along as a parent; by it we know, once it is merged, what we wrote.
 */
async function propose(
  { files, words, marker, updateBranch }: EnsureRequest,
  scratch: Scratch,
  tree: string,
  { main, tip }: { main: string; tip: string | undefined },
): Promise<Step | Ensured> {
  const { directory } = scratch;
  const written = await scratch.commit(tree, [], words);
  const laid = await scratch.layOver(main, files);
  const { [marker]: _, ...trailers } = words.trailers;
  const over = (parents: string[]) =>
    scratch.commit(laid, parents, { ...words, trailers });
  if ((await treeOf(directory, main)) === laid) {
    // Main has each of our files; all that is missing is where they come from.
    const commit = await over([main, written]);
    return pushed({ commit, tree, written, before: main });
  }
  const proposal = { tree: laid, branch: updateBranch, base: main } as const;
  const lacks = async (commit: string) =>
    tip === undefined || !(await isAncestor(directory, commit, tip));
  const missing: string[] = [];
  for (const parent of [main, written]) {
    if (await lacks(parent)) missing.push(parent);
  }
  if (tip && missing.length === 0 && (await treeOf(directory, tip)) === laid) {
    return { outcome: 'proposed', commit: tip, ...proposal };
  }
  const commit = await over([...(tip ? [tip] : []), ...missing]);
  return {
    commit,
    ref: branchRef(updateBranch),
    settled: { outcome: 'proposed', commit, ...proposal },
  };
}

/** What of main is meant by a commit of ours in its history. */
async function standsFor(
  { directory }: Scratch,
  main: string,
  ours: string,
): Promise<string> {
  const args = ['rev-list', '--first-parent', objectId(main), '--'];
  const line = (await gitText({ directory, args })).split('\n');
  return line.includes(ours) ? ours : main;
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
  /** On main as in {@link Ensured}; else where the branch ends. */
  commit: string;
  /** A commit of exactly our files. */
  written: string;
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
      const written = tip && (await findOurs(scratch, request, tip, tree));
      if (!written) continue;
      const commit =
        branch === 'main' ? await standsFor(scratch, tip, written) : tip;
      return { branch, commit, written };
    }
    return 'absent';
  } finally {
    await scratch.remove();
  }
}
