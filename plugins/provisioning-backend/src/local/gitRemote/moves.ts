import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tryGit } from './git';
import { MAIN } from './names';
import { filesBelow } from './repository';

/** A name of a repository that came to point somewhere else. */
export interface Move {
  /** E.g. `refs/heads/main`. */
  ref: string;
  /** The commit it pointed at before; null when it is new. */
  before: string | null;
  after: string;
  /** Who moved it, as the authorisation said. */
  user: string;
  /** Unix seconds. */
  at: number;
  /** Tells one push, or one merge, from all others. */
  id: string;
}

/**
 * What git writes into the reflog as the email of whoever moves a name. Git
 * writes the line together with the move, so it outlives a crash of ours; both
 * parts are of letters that git keeps as they are.
 */
export function mark(id: string, user: string): string {
  return `${id}.${Buffer.from(user).toString('base64url')}@portal`;
}

const LINE =
  /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) [^<]*<([\w-]{1,100})\.([\w-]{0,1000})@portal> (\d{1,12}) /;

/** Reads the reflog of one name, oldest first; lines that are not ours are left out. */
export function parseReflog(ref: string, text: string): Move[] {
  return text.split('\n').flatMap(line => {
    const [, before, after, id, user, at] = LINE.exec(line) ?? [];
    if (after === undefined || /^0+$/.test(after)) return [];
    return {
      ref,
      before: /^0+$/.test(before) ? null : before,
      after,
      user: Buffer.from(user, 'base64url').toString('utf8'),
      at: Number(at),
      id,
    };
  });
}

/**
 * What really happened of what the reflog says. Git writes the line just before
 * it moves the name; killed between the two, it leaves a line of nothing. Such a
 * line is not where the next one begins, nor where the name points.
 *
 * @param tip - where the name points now
 */
export function settled(moves: readonly Move[], tip: string): Move[] {
  return moves.filter((move, index) => {
    const next = moves[index + 1];
    return next ? next.before === move.after : move.after === tip;
  });
}

/**
 * How main moved since it pointed at a commit, oldest first; without one, ever.
 * This is how pushes are found that a crash kept us from telling.
 */
export async function movesSince(
  directory: string,
  last: string | null,
): Promise<Move[]> {
  const moves = await movesOf(directory, MAIN);
  const known = last ? moves.findLastIndex(({ after }) => after === last) : -1;
  return moves.slice(known + 1);
}

/** What one push moved. */
export async function movesBy(
  directory: string,
  id: string,
  sinceMs: number,
): Promise<Move[]> {
  const found: Move[] = [];
  for (const path of await filesBelow(directory, 'logs/refs')) {
    const { mtimeMs } = await stat(join(directory, path));
    // A file system may keep whole seconds only.
    if (mtimeMs < sinceMs - 2_000) continue;
    const ref = path.slice('logs/'.length);
    const moves = await movesOf(directory, ref);
    found.push(...moves.filter(move => move.id === id));
  }
  return found;
}

/** Commits that a user pointed a name at. */
export async function ownMoves(
  directory: string,
  user: string,
): Promise<Set<string>> {
  const own = new Set<string>();
  for (const path of await filesBelow(directory, 'logs/refs')) {
    const moves = await movesOf(directory, path.slice('logs/'.length));
    for (const move of moves) if (move.user === user) own.add(move.after);
  }
  return own;
}

async function movesOf(directory: string, ref: string): Promise<Move[]> {
  const text = await readFile(join(directory, 'logs', ref), 'utf8').catch(
    error => {
      if (error.code === 'ENOENT') return '';
      throw error;
    },
  );
  const { code, stdout } = await tryGit({
    directory,
    args: ['rev-parse', '--verify', '--quiet', ref],
  });
  if (code !== 0) return [];
  return settled(parseReflog(ref, text), stdout.toString('utf8').trim());
}
