import { randomBytes } from 'node:crypto';
import { gitText, tryGit } from './git';
import { mark } from './moves';
import { branchRef, MAIN, objectId } from './names';
import { signatureEnv, type Person } from './person';
import { isAncestor } from './read';
import { tipOf, treeOf } from './repository';

/** An update that was reviewed and is to become part of main. */
export interface MergeRequest {
  directory: string;
  /** The branch, e.g. `fawkes/update-3`. */
  branch: string;
  /** Where the branch pointed when it was reviewed. */
  tip: string;
  /** Where main pointed when it was reviewed. */
  head: string;
  /** Who merges; becomes the author of the merge. */
  author: Person;
  /** Who merges, as events are to name them. */
  user: string;
  committer: Person;
  /** Unix seconds. */
  at: number;
  message: string;
}

/** What became of it. */
export type Merged =
  | { outcome: 'merged'; commit: string }
  /** It is part of main already. */
  | { outcome: 'already'; head: string }
  /** Main or the branch is not what was reviewed any more. */
  | { outcome: 'moved'; head: string | null; tip: string | null }
  | { outcome: 'conflict'; paths: string[] };

/**
 * Merges a branch of ours into main, if both still are what somebody looked at:
 * whoever pushed in between is not overruled.
 */
export async function mergeUpdate(request: MergeRequest): Promise<Merged> {
  const { directory, branch, head, tip } = request;
  const now = {
    head: (await tipOf(directory)) ?? null,
    tip: (await tipOf(directory, branch)) ?? null,
  };
  const { head: main } = now;
  if (main && (await isAncestor(directory, objectId(tip), main))) {
    return { outcome: 'already', head: main };
  }
  if (main !== head || now.tip !== tip) return { outcome: 'moved', ...now };
  const tree = await mergedTree(directory, head, tip);
  if (Array.isArray(tree)) return { outcome: 'conflict', paths: tree };
  const commit = await commitMerge(request, tree);
  const { code } = await tryGit({
    directory,
    args: [
      'update-ref',
      '-m',
      `merge ${branchRef(branch)}`,
      MAIN,
      commit,
      head,
    ],
    env: {
      ...signatureEnv('COMMITTER', {
        ...request.committer,
        email: mark(randomBytes(12).toString('hex'), request.user),
        at: request.at,
      }),
    },
  });
  if (code === 0) return { outcome: 'merged', commit };
  return { outcome: 'moved', head: (await tipOf(directory)) ?? null, tip };
}

/** The tree of a merge, or the paths at which it does not work. */
async function mergedTree(
  directory: string,
  head: string,
  tip: string,
): Promise<string | string[]> {
  if (await isAncestor(directory, head, tip)) return treeOf(directory, tip);
  const { code, stdout, stderr } = await tryGit({
    directory,
    args: [
      'merge-tree',
      '--write-tree',
      '-z',
      '--name-only',
      '--no-messages',
      objectId(head),
      objectId(tip),
    ],
  });
  const [tree, ...paths] = stdout.toString('utf8').split('\0');
  if (code === 0) return objectId(tree);
  if (code === 1) return [...new Set(paths.filter(Boolean))];
  throw new Error(`git merge-tree failed: ${stderr}`);
}

function commitMerge(
  { directory, head, tip, author, committer, at, message }: MergeRequest,
  tree: string,
): Promise<string> {
  return gitText({
    directory,
    args: ['commit-tree', tree, '-p', objectId(head), '-p', objectId(tip)],
    input: `${message.trim()}\n`,
    env: {
      ...signatureEnv('AUTHOR', { ...author, at }),
      ...signatureEnv('COMMITTER', { ...committer, at }),
    },
  });
}
