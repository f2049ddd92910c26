import { textOf as decode } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { say } from '../words';
import { later } from './endings';
import type { GithubApi } from './githubApi';
import { textOf, unexpected, type Place } from './look';

/** What becomes of one path of a tree. */
export type Change =
  | { path: string; mode: string; bytes: Uint8Array }
  /** Content that the repository has already. */
  | { path: string; mode: string; sha: string }
  | { path: string; gone: true };

/** Largest text that is sent inside of its tree. */
const MOST_INLINE = 256 * 1024;
/** Most bytes of text in one tree; more goes by itself. */
const MOST_INLINE_ALL = 4 * 1024 * 1024;

/**
 * Makes a tree. Texts travel inside of it: one request instead of one for each
 * file, since GitHub slows down whoever makes much in a minute.
 *
 * @param wanted - the id that the tree has to have
 * @param base - tree in which the changes are made; undefined for none
 */
export async function makeTree(
  api: GithubApi,
  place: Place,
  changes: readonly Change[],
  wanted: string,
  base?: string,
): Promise<void> {
  const tree: TreeItem[] = [];
  let inline = 0;
  for (const change of changes) {
    const { path } = change;
    if ('gone' in change) {
      tree.push({ path, mode: '100644', type: 'blob', sha: null });
      continue;
    }
    const item = { path, mode: change.mode as Mode, type: 'blob' as const };
    if ('sha' in change) {
      tree.push({ ...item, sha: change.sha });
      continue;
    }
    const { bytes } = change;
    const content = bytes.length <= MOST_INLINE ? decode(bytes) : undefined;
    if (content === undefined || inline + bytes.length > MOST_INLINE_ALL) {
      tree.push({ ...item, sha: await makeBlob(api, place, bytes) });
    } else {
      inline += bytes.length;
      tree.push({ ...item, content });
    }
  }
  const answer = await api.call('POST /repos/{owner}/{repo}/git/trees', {
    ...place,
    tree,
    ...(base && { base_tree: base }),
  });
  if (!answer.ok) {
    throw unexpected(api, answer, 'write files to', textOf(place));
  }
  if (answer.data.sha !== wanted) {
    const { server } = api.connection;
    throw later(say('github.other_bytes', { server }));
  }
}

type Mode = '100644' | '100755' | '040000' | '160000' | '120000';
interface TreeItem {
  path: string;
  mode: Mode;
  type: 'blob';
  sha?: string | null;
  content?: string;
}

async function makeBlob(
  api: GithubApi,
  place: Place,
  bytes: Uint8Array,
): Promise<string> {
  const answer = await api.call('POST /repos/{owner}/{repo}/git/blobs', {
    ...place,
    content: Buffer.from(bytes).toString('base64'),
    encoding: 'base64',
  });
  if (!answer.ok) {
    throw unexpected(api, answer, 'write files to', textOf(place));
  }
  return answer.data.sha;
}

/** Makes a commit that nothing points at yet; returns its id. */
export async function makeCommit(
  api: GithubApi,
  place: Place,
  commit: { message: string; tree: string; parents: string[] },
): Promise<string> {
  // Without author and date GitHub names the App, and signs.
  const answer = await api.call('POST /repos/{owner}/{repo}/git/commits', {
    ...place,
    ...commit,
  });
  if (!answer.ok) {
    throw unexpected(api, answer, 'write a commit to', textOf(place));
  }
  return answer.data.sha;
}

/**
 * Moves a branch forward, or makes it. Where somebody was faster nothing is
 * done: the next look says so.
 */
export async function moveBranch(
  api: GithubApi,
  place: Place,
  branch: string,
  { from, to }: { from: string | undefined; to: string },
): Promise<void> {
  const answer = from
    ? await api.call('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
        ...place,
        ref: `heads/${branch}`,
        sha: to,
        force: false,
      })
    : await api.call('POST /repos/{owner}/{repo}/git/refs', {
        ...place,
        ref: `refs/heads/${branch}`,
        sha: to,
      });
  if (answer.ok) return;
  if (isRace(answer)) {
    api.caller.log(`${branch} was moved by somebody else: ${answer.message}`);
    return;
  }
  throw unexpected(api, answer, 'write to', branch);
}

/** Words of GitHub's for "somebody was faster"; a rule of the repository says other ones. */
function isRace({ status, message }: { status: number; message: string }) {
  return (
    status === 409 ||
    (status === 422 &&
      /fast.?forward|already exists|does not exist/i.test(message))
  );
}
