import { createHash } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitRepository } from './config';
import { runGit } from './git';

/**
 * The directory a repository can be read in: its own, or a bare mirror that is
 * brought up to date first. Mirrors hold commits and trees, no file contents
 * where the server allows it; losing one costs a new download.
 */
export async function checkOut(
  location: GitRepository['location'],
  workingDirectory: string,
  signal: AbortSignal,
): Promise<string> {
  if ('path' in location) return location.path;
  const { url } = location;
  const name = createHash('sha256').update(url).digest('hex').slice(0, 32);
  const mirror = join(workingDirectory, `${name}.git`);
  if (await exists(mirror)) {
    await runGit({
      directory: mirror,
      args: [
        'fetch',
        '--quiet',
        '--prune',
        '--no-auto-maintenance',
        'origin',
        '+refs/heads/*:refs/heads/*',
        '+refs/tags/*:refs/tags/*',
      ],
      signal,
    });
    return mirror;
  }
  await mkdir(workingDirectory, { recursive: true });
  // Under its own name only once it is whole: a crash leaves no half mirror.
  const unfinished = `${mirror}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await runGit({
    args: [
      'clone',
      '--quiet',
      '--bare',
      '--filter=blob:none',
      '--',
      url,
      unfinished,
    ],
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
