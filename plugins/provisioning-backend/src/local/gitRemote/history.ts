import { gitText, runGit, tryGit } from './git';
import { MAIN, objectId } from './names';
import type { Person } from './person';

/** A commit as it describes itself. */
export interface Commit {
  sha: string;
  parents: string[];
  /** Whom the commit calls its author; anybody may write anything there. */
  author: Person;
  /** ISO 8601, UTC. */
  authoredAt: string;
  committedAt: string;
  /** First line of its message, at most 512 characters; empty where it has none. */
  title: string;
}

/** Commits, newest first. */
export interface Commits {
  commits: Commit[];
  /** Whether there are more than these. */
  more: boolean;
}

const MOST_TITLE = 512;
/** Parents that are told; a merge has two. */
const MOST_PARENTS = 64;
/** Git pads to a width as well as it cuts; a field that was cut ends in two dots. */
const upTo = (width: number, field: string) => `%<(${width},trunc)${field}`;
const FIELDS = [
  '%H',
  // Whoever pushes writes what they want: git cuts it before it is read.
  upTo((MOST_PARENTS + 1) * 41, '%P'),
  upTo(200, '%an'),
  upTo(200, '%ae'),
  '%at',
  '%ct',
  upTo(MOST_TITLE, '%s'),
];

/**
 * The commits that came with a move of a branch.
 *
 * @param before - where it pointed before; null when it was new
 */
export async function commitsBetween(
  directory: string,
  before: string | null,
  after: string,
  limit: number,
): Promise<Commits> {
  const output = await runGit({
    directory,
    args: [
      'log',
      '-z',
      `--max-count=${limit + 1}`,
      `--format=${FIELDS.join('%x1f')}`,
      objectId(after),
      ...(before ? [`^${objectId(before)}`] : []),
      '--',
    ],
    mostOutput: 64 * 1024 * 1024,
  });
  const records = output.toString('utf8').split('\0').filter(Boolean);
  return {
    commits: records.slice(0, limit).map(parseCommit),
    more: records.length > limit,
  };
}

function parseCommit(record: string): Commit {
  // Git lets no control character but these into the other fields' ends, so a
  // forged separator in a name shifts nothing but its own commit's words.
  const [sha, parents, name, email, authored, committed, ...title] =
    record.split('\x1f');
  return {
    sha,
    parents: parents
      .split(' ')
      .filter(parent => /^[0-9a-f]{40,64}$/.test(parent))
      .slice(0, MOST_PARENTS),
    author: { name: name.trimEnd(), email: email.trimEnd() },
    authoredAt: toIso(authored),
    committedAt: toIso(committed),
    title: title.join(' ').slice(0, MOST_TITLE).trimEnd(),
  };
}

/** Commits may claim any time, and no time at all. */
function toIso(seconds: string): string {
  const milliseconds = Number(seconds) * 1_000;
  const possible = Math.abs(milliseconds) < 8.64e15;
  return new Date(possible ? milliseconds : 0).toISOString();
}

/** Most characters of a commit's trailers of one key. */
const MOST_TRAILERS = 1_000;

/**
 * Finds the newest commit with a trailer, among the newest of a branch.
 *
 * @param trailer - its key and value, as they were written
 */
export async function findByTrailer(
  directory: string,
  tip: string,
  trailer: { key: string; value: string },
): Promise<string | undefined> {
  const output = await gitText({
    directory,
    args: [
      'log',
      '-z',
      '--max-count=1000',
      `--format=%H%x1f${upTo(
        MOST_TRAILERS,
        `%(trailers:key=${trailer.key},valueonly,separator=%x1f)`,
      )}`,
      objectId(tip),
      '--',
    ],
  });
  for (const record of output.split('\0')) {
    const [sha, ...values] = record.split('\x1f').map(text => text.trim());
    if (values.includes(trailer.value)) return sha;
  }
  return undefined;
}

/** Commits of main, newest first; none where there is no main. */
export async function mainCommits(
  directory: string,
  limit: number,
): Promise<string[]> {
  const { code, stdout } = await tryGit({
    directory,
    args: ['rev-list', `--max-count=${limit}`, MAIN, '--'],
  });
  return code === 0 ? stdout.toString('utf8').split('\n').filter(Boolean) : [];
}

/** Whether a repository has a commit, whatever leads to it. */
export async function hasCommit(
  directory: string,
  commit: string,
): Promise<boolean> {
  const { code } = await tryGit({
    directory,
    args: ['cat-file', '-e', `${objectId(commit)}^{commit}`],
  });
  return code === 0;
}

/** Commits that branches and tags lead to, newest first. */
export async function commitsOfAll(
  directory: string,
  limit: number,
): Promise<Commit[]> {
  const output = await runGit({
    directory,
    args: [
      'log',
      '-z',
      `--max-count=${limit}`,
      `--format=${FIELDS.join('%x1f')}`,
      '--branches',
      '--tags',
      '--',
    ],
    mostOutput: 64 * 1024 * 1024,
  });
  return output.toString('utf8').split('\0').filter(Boolean).map(parseCommit);
}
