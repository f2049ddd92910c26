import {
  bundleDigestOf,
  type RepositoryFact,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { createHash } from 'node:crypto';
import { filesAt, tipOf, TooMuchError } from '../local';
import type { HostParts } from './parts';

const hash = (data: string | Uint8Array) =>
  createHash('sha256').update(data).digest('hex');

/** What is in the place where a repository would be. */
export async function observe(
  { repositories }: HostParts,
  key: { namespace: string; name: string; bundleDigest: string },
): Promise<RepositoryFact> {
  const row = await repositories.byKey(key);
  if (!row) return 'absent';
  if (row.request_id !== null) return 'ours';
  const found = await repositories.whileThere(row, directory =>
    compare(directory, key.bundleDigest),
  );
  return found ?? 'unknown';
}

/** What its main holds beside what would be written. */
async function compare(
  directory: string,
  bundleDigest: string,
): Promise<RepositoryFact> {
  const main = await tipOf(directory);
  if (!main) return 'same';
  const files = await filesOf(directory, main);
  // What is more than a service of ours may be is none of our templates.
  if (!files) return 'diverged';
  const digest = bundleDigestOf(
    [...files].map(([path, { mode, bytes }]) => ({
      path,
      mode,
      sha256: hash(bytes),
    })),
    hash,
  );
  return digest === bundleDigest ? 'same' : 'diverged';
}

/** The files of a commit; undefined where they are too many or too large to be read. */
export async function filesOf(directory: string, commit: string) {
  try {
    return await filesAt(directory, commit);
  } catch (error) {
    if (error instanceof TooMuchError) return undefined;
    throw error;
  }
}
