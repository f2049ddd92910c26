import type { ChangedFile } from '@fawkes/backstage-plugin-provisioning-common';
import { gitText, runGit, TooMuchSaid, tryGit } from './git';
import { hasCommit } from './history';
import { objectId } from './names';
import type { Person } from './person';

/** A commit with everybody it names. */
export interface NamingCommit {
  sha: string;
  author: Person;
  committer: Person;
  /** First line of its message. */
  title: string;
  /** The lines of its message that name a co-author. */
  coAuthors: string[];
}

/** What lies between two commits. */
export interface Range {
  /** Where it begins; undefined where there is nothing to compare with. */
  base: string | undefined;
  /** Newest first. */
  commits: NamingCommit[];
  /** There are more, or they say more than is read. */
  more: boolean;
  /** What differs; undefined where it cannot be told. */
  files: ChangedFile[] | undefined;
}

/** How much is read. */
export interface RangeBounds {
  /** Commits after a base. */
  commits: number;
  /** Commits where there is no base. */
  first: number;
  files: number;
  signal: AbortSignal;
}

/** Of all messages together. */
const MOST_TEXT = 32 * 1024 * 1024;
const MOST_NAMES = 4 * 1024 * 1024;
const MOST_CO_AUTHORS = 50;
const MOST_LINE = 400;
const MOST_TITLE = 200;
/** Every repository knows it; without it a file of the repository would say what is binary. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/**
 * Reads what came between two commits: from their merge base to the newer one.
 *
 * @returns undefined where the repository has no such commit
 */
export async function rangeOf(
  directory: string,
  { to, from }: { to: string; from?: string | undefined },
  bounds: RangeBounds,
): Promise<Range | undefined> {
  if (!(await hasCommit(directory, to))) return undefined;
  const base =
    from !== undefined && (await hasCommit(directory, from))
      ? await mergeBase(directory, from, to)
      : undefined;
  const limit = base === undefined ? bounds.first : bounds.commits;
  const commits = await namingCommits(directory, base, to, limit, bounds);
  return {
    base,
    commits: commits?.slice(0, limit) ?? [],
    // Without a base the newest few are all that is asked for.
    more: !commits || (base !== undefined && commits.length > limit),
    files:
      base === undefined
        ? undefined
        : await changedFiles(directory, base, to, bounds),
  };
}

/** Where two commits parted; undefined for strangers. */
async function mergeBase(
  directory: string,
  one: string,
  other: string,
): Promise<string | undefined> {
  const { code, stdout } = await tryGit({
    directory,
    args: ['merge-base', objectId(one), objectId(other)],
  });
  return code === 0 ? stdout.toString('utf8').trim() : undefined;
}

const FIELDS = ['%H', '%an', '%ae', '%cn', '%ce', '%B'];

/**
 * The commits with whom they name. No field can hold the zero byte that parts
 * them: with any other sign, a name could pass a part of itself off as an address.
 *
 * @returns undefined where they say more than is read
 */
async function namingCommits(
  directory: string,
  base: string | undefined,
  to: string,
  limit: number,
  { signal }: RangeBounds,
): Promise<NamingCommit[] | undefined> {
  let output: Buffer;
  try {
    output = await runGit({
      directory,
      args: [
        'log',
        '-z',
        `--max-count=${limit + 1}`,
        `--format=tformat:${FIELDS.join('%x00')}`,
        objectId(to),
        ...(base ? [`^${objectId(base)}`] : []),
        '--',
      ],
      mostOutput: MOST_TEXT,
      signal,
    });
  } catch (error) {
    if (error instanceof TooMuchSaid) return undefined;
    throw error;
  }
  const parts = output.toString('utf8').split('\0').slice(0, -1);
  const commits: NamingCommit[] = [];
  for (let at = 0; at < parts.length; at += FIELDS.length) {
    const [sha, name, email, committer, committerEmail, message] = parts.slice(
      at,
      at + FIELDS.length,
    );
    const coAuthors = coAuthorLines(message);
    if (!coAuthors) return undefined;
    commits.push({
      sha,
      author: personOf(name, email),
      committer: personOf(committer, committerEmail),
      title: message.split('\n', 1)[0].slice(0, MOST_TITLE),
      coAuthors,
    });
  }
  return commits;
}

/** Addresses are compared whole: one that is longer than any is kept too long for one. */
function personOf(name: string, email: string): Person {
  return { name: name.slice(0, MOST_LINE), email: email.slice(0, MOST_LINE) };
}

function coAuthorLines(message: string): string[] | undefined {
  const lines = message
    .split('\n')
    .map(line => line.trim())
    .filter(line => line.slice(0, 15).toLowerCase() === 'co-authored-by:');
  const isRead =
    lines.length <= MOST_CO_AUTHORS &&
    lines.every(line => line.length <= MOST_LINE);
  return isRead ? lines : undefined;
}

async function changedFiles(
  directory: string,
  base: string,
  to: string,
  bounds: RangeBounds,
): Promise<ChangedFile[] | undefined> {
  let output: string;
  try {
    output = await gitText({
      directory,
      args: [
        'diff',
        '--numstat',
        '-z',
        '--find-renames',
        '-l500',
        '--no-ext-diff',
        '--no-textconv',
        '--ignore-submodules=none',
        objectId(base),
        objectId(to),
        '--',
      ],
      env: { GIT_ATTR_SOURCE: EMPTY_TREE },
      mostOutput: MOST_NAMES,
      signal: bounds.signal,
    });
  } catch (error) {
    if (error instanceof TooMuchSaid) return undefined;
    throw error;
  }
  const files = parseNumstat(output);
  return files.length > bounds.files ? undefined : files;
}

/** Reads `git diff --numstat -z`; of what was renamed the new name. */
export function parseNumstat(output: string): ChangedFile[] {
  const parts = output.split('\0');
  const files: ChangedFile[] = [];
  for (let at = 0; at < parts.length; at++) {
    const [, added, deleted, path] =
      /^(\d{1,15}|-)\t(\d{1,15}|-)\t([^]*)$/.exec(parts[at]) ?? [];
    if (added === undefined) continue;
    // A rename names no path here; the old and the new one follow.
    const isRename = path === '';
    if (isRename) at += 2;
    files.push({
      path: isRename ? parts[at] : path,
      added: added === '-' ? 0 : Number(added),
      deleted: deleted === '-' ? 0 : Number(deleted),
      binary: added === '-',
    });
  }
  return files;
}
