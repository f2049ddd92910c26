/** The files of a curriculum by their path, `/` between folders. @public */
export type Files = ReadonlyMap<string, string>;

/** What a curriculum may be at most. @public */
export const CONTENT_LIMITS = {
  /** Files of a curriculum. */
  files: 5_000,
  /** Bytes of one file. */
  fileBytes: 256 * 1024,
  /** Bytes of all of them. */
  totalBytes: 32 * 1024 * 1024,
} as const;

/** A path as a file beside another writes it; nothing outside of the folder. @public */
export function beside(path: string, address: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of address.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return '';
      parts.pop();
    } else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
