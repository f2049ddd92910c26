import { createHash } from 'node:crypto';
import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GitRepository } from './options';
import { runGit } from './git';

/**
 * Where on this machine a repository is: where its `path` or `file://` address
 * says, or in a bare mirror of its address that is brought up to date first.
 * Mirrors hold commits and trees, no file contents where the server allows it;
 * losing one costs a new download.
 *
 * A directory of this machine is never cloned: its `git-upload-pack` would act
 * on that directory's configuration, out of reach of our own.
 *
 * @param workingDirectory - where mirrors are, this user's alone
 */
export async function checkOut(
  location: GitRepository['location'],
  workingDirectory: string,
  signal: AbortSignal,
): Promise<string> {
  if ('path' in location) return location.path;
  const { href, protocol } = new URL(location.url);
  if (protocol === 'file:') return fileURLToPath(href);
  if (protocol !== 'https:') {
    throw new Error(`${protocol} is no protocol to mirror a repository by`);
  }
  const name = createHash('sha256').update(href).digest('hex').slice(0, 32);
  const mirror = join(workingDirectory, `${name}.git`);
  if (await exists(mirror)) {
    await runGit({
      directory: mirror,
      args: [
        'fetch',
        '--quiet',
        '--prune',
        '--no-recurse-submodules',
        '--no-auto-maintenance',
        '--',
        'origin',
        '+refs/heads/*:refs/heads/*',
        '+refs/tags/*:refs/tags/*',
      ],
      online: true,
      signal,
    });
    return mirror;
  }
  // Under its own name only once it is whole: a crash leaves no half mirror.
  const unfinished = `${mirror}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await runGit({
    directory: workingDirectory,
    args: [
      'clone',
      '--quiet',
      '--bare',
      '--template=',
      '--no-recurse-submodules',
      '--filter=blob:none',
      '--',
      href,
      unfinished,
    ],
    online: true,
    signal,
  });
  await rename(unfinished, mirror);
  return mirror;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
