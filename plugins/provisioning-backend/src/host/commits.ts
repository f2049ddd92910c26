import {
  FIRST_COMMITS,
  MOST_CHANGED_FILES,
  MOST_COMMITS,
  type CommitsQuery,
  type CommitsResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import { AwayError } from '@fawkes/kit-backend/http';
import { commitsBetween, movesSince, rangeOf } from '../local';
import { localRepository } from './deliveryEvents';
import type { HostParts } from './parts';
import type { RepositoryRow } from './store';

/** What a repository on this computer says of a range; who ran the portal is the core's to know. */
export type HostCommits = Omit<CommitsResponse, 'asOf'>;

/** Moves of main that are looked through for who pushed a commit. */
const MOST_MOVES = 200;
/** Longest git works on one question, ms. */
const PATIENCE_MS = 10_000;

/** Where they are looked for. */
interface Place {
  directory: string;
  row: RepositoryRow;
  /** By which name the portal pushes. */
  portal: string;
}

/**
 * The commits between two of a repository, with whoever pushed them by the log
 * of pushes: what a commit says of itself, anybody can write.
 *
 * @returns undefined where there is no such repository
 * @throws AwayError when git takes too long
 */
export async function commitsOf(
  { repositories, access }: HostParts,
  requestId: string,
  query: CommitsQuery,
): Promise<HostCommits | undefined> {
  const row = await repositories.byRequest(requestId);
  return (
    row &&
    repositories.whileThere(row, directory =>
      commitsIn({ directory, row, portal: access.portal.user }, query),
    )
  );
}

async function commitsIn(
  { directory, row, portal }: Place,
  { to, from }: CommitsQuery,
): Promise<HostCommits> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const range = await rangeOf(
      directory,
      { to, from },
      {
        commits: MOST_COMMITS,
        first: FIRST_COMMITS,
        files: MOST_CHANGED_FILES,
        signal,
      },
    );
    const repository = localRepository(row);
    if (!range) {
      return {
        repository,
        known: false,
        base: null,
        items: [],
        more: false,
        files: null,
      };
    }
    const pushed = await pushersOf(
      directory,
      new Set(range.commits.map(({ sha }) => sha)),
      signal,
    );
    return {
      repository,
      known: true,
      base: range.base ?? null,
      items: range.commits.map(commit => {
        const by = pushed.get(commit.sha) ?? null;
        const own = by === portal;
        return { ...commit, own, by: own ? null : by };
      }),
      more: range.more,
      files: range.files ?? null,
    };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AwayError(
      `git did not say within ${PATIENCE_MS / 1_000} s what led to ${to.slice(
        0,
        12,
      )}; try again in a minute`,
      60,
    );
  }
}

/** Who brought commits to main, newest moves first, until all are found. */
async function pushersOf(
  directory: string,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const pushed = new Map<string, string>();
  const moves = await movesSince(directory, null);
  for (const { before, after, user } of moves.reverse().slice(0, MOST_MOVES)) {
    if (pushed.size === wanted.size) break;
    signal.throwIfAborted();
    const { commits } = await commitsBetween(
      directory,
      before,
      after,
      MOST_COMMITS,
    );
    for (const { sha } of commits) if (wanted.has(sha)) pushed.set(sha, user);
  }
  return pushed;
}
