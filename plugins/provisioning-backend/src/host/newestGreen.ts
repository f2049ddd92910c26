import { mainCommits } from '../local';

/** How far back a green build is looked for. */
const MOST_LOOKED_AT = 500;

/**
 * The newest commit of main that is green.
 *
 * @param green - artifacts of green builds, by commit
 */
export async function newestGreen(
  directory: string,
  green: ReadonlyMap<string, string>,
): Promise<{ commit: string; digest: string } | undefined> {
  if (green.size === 0) return undefined;
  for (const commit of await mainCommits(directory, MOST_LOOKED_AT)) {
    const digest = green.get(commit);
    if (digest !== undefined) return { commit, digest };
  }
  return undefined;
}
