import { chmod, lstat, mkdir } from 'node:fs/promises';

/**
 * Makes the directory for mirrors, for this user alone. It lies in a place
 * where others may write (the system's temporary directory by default), under a
 * name anybody can guess: whoever made it first could put a repository of his
 * own where a mirror is looked for.
 *
 * @throws Error when it is somebody else's, or no directory
 */
export async function ownDirectory(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const found = await lstat(path);
  const mine = process.geteuid?.() ?? found.uid;
  if (!found.isDirectory() || found.uid !== mine) {
    throw new Error(
      `${path} is not a directory of the backend's user; remove it, or choose another backend.workingDirectory`,
    );
  }
  if (found.mode & 0o077) await chmod(path, 0o700);
  return path;
}
