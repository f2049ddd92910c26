import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * A folder for sockets and scratch space of what runs. Its path is short, since
 * that of a socket has about a hundred bytes, and the same after every start, so
 * that what a crash left there is found.
 *
 * Others may pass through it, and see nothing: users that services run as have
 * theirs in it. It lies where everybody may write, under a name that can be
 * guessed, so it is looked at who made it.
 *
 * @param directory - the portal's folder; two portals of one machine differ in it
 * @throws Error when it is somebody else's
 */
export async function runFolder(directory: string): Promise<string> {
  const name = createHash('sha256').update(resolve(directory)).digest('hex');
  const folder = join(tmpdir(), `fawkes-run-${name.slice(0, 12)}`);
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const found = await lstat(folder);
  const mine = process.geteuid?.() ?? found.uid;
  if (!found.isDirectory() || found.uid !== mine) {
    throw new Error(
      `${folder} is not a folder of the portal's user; remove it`,
    );
  }
  await chmod(folder, 0o711);
  return folder;
}

/** Empties it; nothing of this portal may run. */
export async function emptyRunFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
