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
