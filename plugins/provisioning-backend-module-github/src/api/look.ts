import type { GithubDeed } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type {
  EffectContext,
  EffectOutput,
} from '@fawkes/backstage-plugin-provisioning-node';
import type { Endpoints } from '@octokit/types';
import { isMarked, marksIn, type Marks } from '../git/message';
import { treeOf, type GitEntry } from '../git/objects';
import { say } from '../words';
import { later, needsPerson } from './endings';
import type { GithubApi, Refusal } from './githubApi';

/** Where a repository is. A type and no interface: it is spread into parameters. */
export type Place = { owner: string; repo: string };

/** A repository as GitHub shows it. */
export type GithubRepository =
  Endpoints['GET /repos/{owner}/{repo}']['response']['data'];

/** What is there under an address. */
export type LookedAt =
  | { state: 'there'; repository: GithubRepository }
  /** None, or none that we may see; GitHub does not tell the two apart. */
  | { state: 'absent' }
  /** What was there lives elsewhere now, and is somebody else's business. */
  | { state: 'moved'; message: string }
  | { state: 'forbidden'; message: string };

/** Looks what is under an address. */
export async function lookAt(api: GithubApi, place: Place): Promise<LookedAt> {
  const answer = await api.call('GET /repos/{owner}/{repo}', place);
  if (answer.ok) {
    const { full_name: name } = answer.data;
    // Some proxies follow what we do not.
    const same = name.toLowerCase() === textOf(place).toLowerCase();
    return same
      ? { state: 'there', repository: answer.data }
      : { state: 'moved', message: name };
  }
  const { status, message } = answer;
  if (status === 404 || status === 410) return { state: 'absent' };
  if (status >= 300 && status < 400) return { state: 'moved', message };
  if (status === 401 || status === 403) return { state: 'forbidden', message };
  throw unexpected(api, answer, 'look at', textOf(place));
}

/** `owner/repo`. */
export function textOf({ owner, repo }: Place): string {
  return `${owner}/${repo}`;
}

/** The repository of an effect that came after it was made. */
export interface OurRepository {
  repository: GithubRepository;
  /** Whether the portal made it. */
  created: boolean;
  /** What `repo:ensure` left; undefined where it never ended. */
  ensured: EffectOutput | undefined;
}

/**
 * The repository that an effect goes on from.
 *
 * @throws Ending when it is gone, moved, or another one
 */
export async function ourRepository(
  api: GithubApi,
  place: Place,
  context: EffectContext,
): Promise<OurRepository> {
  const looked = await lookAt(api, place);
  const repository = textOf(place);
  if (looked.state === 'absent') {
    throw needsPerson(say('github.gone', { repository }));
  }
  const found = await whose(api, place, context, looked);
  if (!found) {
    throw needsPerson(say('github.not_ours', { repository }));
  }
  return found;
}

/**
 * Whether a repository is the one of the request: by its id, or by a mark where
 * nothing was written down.
 *
 * @returns undefined where it is not
 * @throws Ending where it may not be looked at, or is not there any more
 */
export async function whose(
  api: GithubApi,
  place: Place,
  context: EffectContext,
  looked: Exclude<LookedAt, { state: 'absent' }>,
): Promise<OurRepository | undefined> {
  const repository = textOf(place);
  if (looked.state === 'moved') {
    const { message } = looked;
    throw needsPerson(say('github.moved', { repository, message }));
  }
  if (looked.state === 'forbidden') {
    const { message } = looked;
    throw needsPerson(
      say('github.forbidden', {
        what: 'look at' satisfies GithubDeed,
        target: repository,
        message,
      }),
    );
  }
  const ensured = context.outputOf('repo:ensure');
  const found = { repository: looked.repository, ensured };
  if (ensured) {
    if (ensured.repositoryId !== looked.repository.id) return undefined;
    return { ...found, created: ensured.origin === 'created' };
  }
  if (isMarked(looked.repository.description, context.request)) {
    return { ...found, created: true };
  }
  const head = await headOf(api, place, looked.repository.default_branch);
  const ours =
    head && (await findOurs(api, place, head.sha, context.request.id));
  // Anybody can write our trailer, so it has to hold our files too.
  if (ours?.tree !== treeOf(await context.bundle())) return undefined;
  return { ...found, created: ours.origin === 'created' };
}

/** Where a branch points. */
export interface Head {
  sha: string;
  tree: string;
  parents: string[];
  marks: Marks;
}

/** Where a branch points; undefined where there is none. */
export async function headOf(
  api: GithubApi,
  place: Place,
  branch: string,
): Promise<Head | undefined> {
  const ref = await api.call('GET /repos/{owner}/{repo}/git/ref/{ref}', {
    ...place,
    ref: `heads/${branch}`,
  });
  if (!ref.ok) {
    // 409: the repository has no commit at all.
    if (ref.status === 404 || ref.status === 409) return undefined;
    throw unexpected(api, ref, 'read the branch', branch);
  }
  const { sha } = ref.data.object;
  const commit = await api.call(
    'GET /repos/{owner}/{repo}/git/commits/{commit_sha}',
    { ...place, commit_sha: sha },
  );
  if (!commit.ok) throw unexpected(api, commit, 'read the commit', sha);
  const { tree, parents, message } = commit.data;
  return {
    sha,
    tree: tree.sha,
    parents: parents.map(parent => parent.sha),
    marks: marksIn(message),
  };
}

/** A commit of ours in a history. */
export interface OurCommit {
  sha: string;
  tree: string;
  bundle: string | undefined;
  origin: string | undefined;
}

/** Most pages of a history that are looked through. */
const MOST_PAGES = 10;

/** The newest commit with the mark of a request in a history, among its newest thousand. */
export async function findOurs(
  api: GithubApi,
  place: Place,
  tip: string,
  requestId: string,
): Promise<OurCommit | undefined> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await api.call('GET /repos/{owner}/{repo}/commits', {
      ...place,
      sha: tip,
      per_page: 100,
      page,
    });
    if (!answer.ok) {
      throw unexpected(api, answer, 'read the history of', textOf(place));
    }
    for (const { sha, commit } of answer.data) {
      const { request, bundle, origin } = marksIn(commit.message);
      if (request === requestId) {
        return { sha, tree: commit.tree.sha, bundle, origin };
      }
    }
    if (answer.data.length < 100) return undefined;
  }
  return undefined;
}

/** Longest path, and most folders above a file, that are looked through. */
const MOST_PATH = 4_096;
const MOST_FOLDERS = 200;

/** Whether a path is one that people have; others write what breaks programs. */
export function isReadable(path: string): boolean {
  if (path.length > MOST_PATH) return false;
  return path.split('/').length <= MOST_FOLDERS;
}

/**
 * All that a tree holds.
 *
 * @throws Ending when there is more than GitHub lists at once, or a path nobody can use
 */
export async function entriesOf(
  api: GithubApi,
  place: Place,
  tree: string,
): Promise<GitEntry[]> {
  const answer = await api.call(
    'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
    { ...place, tree_sha: tree, recursive: '1' },
  );
  if (!answer.ok) throw unexpected(api, answer, 'read the tree', tree);
  const unfit = answer.data.tree.some(({ path = '' }) => !isReadable(path));
  if (answer.data.truncated || unfit) {
    const repository = textOf(place);
    throw needsPerson(say('github.large', { repository }));
  }
  return answer.data.tree.flatMap(({ path, mode, type, sha }) =>
    type === 'tree' || !path || !mode || !sha ? [] : [{ path, mode, sha }],
  );
}

/** The content of a file by the id of its object. */
export async function readBlob(
  api: GithubApi,
  place: Place,
  sha: string,
): Promise<Buffer> {
  const answer = await api.call(
    'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
    { ...place, file_sha: sha },
  );
  if (!answer.ok) {
    throw unexpected(api, answer, 'read a file of', textOf(place));
  }
  return Buffer.from(answer.data.content, 'base64');
}

/** What an answer means that a step has no other word for. */
export function unexpected(
  api: GithubApi,
  { status, message }: Refusal,
  what: GithubDeed,
  target: string,
): Error {
  if (status === 401 || status === 403 || status === 404) {
    return needsPerson(say('github.forbidden', { what, target, message }));
  }
  const { server } = api.connection;
  const said = `${status} ${message}`.trim();
  return later(say('github.refused', { server, what, target, message: said }));
}
