import { commitsOfAll, ownMoves } from '../local';
import type { HostParts } from './parts';

/** Most commits that are listed. */
const MOST = 500;

/**
 * Commits that are not the portal's. Which those are is read from what git wrote
 * down of its pushes: what a commit says of itself, anybody can write.
 */
export async function othersCommits(
  { repositories, access }: HostParts,
  requestId: string,
): Promise<{ commit: string; author: string; subject: string }[]> {
  const row = await repositories.byRequest(requestId);
  if (!row) return [];
  const found = await repositories.whileThere(row, async directory => {
    const own = await ownMoves(directory, access.portal.user);
    const commits = await commitsOfAll(directory, MOST);
    return commits.filter(({ sha }) => !own.has(sha));
  });
  return (found ?? []).map(({ sha, author, title }) => ({
    commit: sha,
    author: author.name.slice(0, 200),
    subject: title,
  }));
}
