import { statfs } from 'node:fs/promises';
import { Problem } from './problem.mjs';

const giga = 1e9;

/** Free bytes for an ordinary user on the file system that holds `path`. */
export async function freeBytes(path) {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** Refuses to begin something that would die half way with a full disk. */
export async function needDiskSpace(path, bytes, purpose) {
  const free = await freeBytes(path);
  if (free >= bytes) return;
  throw new Problem(
    `Not enough disk space: ${purpose} needs about ${(bytes / giga).toFixed(
      1,
    )} GB, and ${(free / giga).toFixed(1)} GB are free.`,
    [`Free some space on the disk that holds ${path}, then run this again.`],
  );
}
