import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gitText, runGit } from './git';

/**
 * Puts all names of a repository, and all they lead to, into one file that
 * `git clone` takes. Under its own name only once it is whole.
 *
 * @returns whether there was anything to keep
 */
export async function bundleInto(
  directory: string,
  file: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const names = await gitText({
    directory,
    args: ['for-each-ref', '--count=1', '--format=%(refname)'],
  });
  if (names === '') return false;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${randomUUID()}.new`;
  try {
    await runGit({
      directory,
      args: ['bundle', 'create', '--quiet', unfinished, '--all'],
      signal,
    });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return true;
}
