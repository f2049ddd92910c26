import { isoSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { commitSchema } from './ids';

/** Most commits that are told of at once. @public */
export const MOST_COMMITS = 1_000;
/** Commits that are told of where there is nothing to compare with. @public */
export const FIRST_COMMITS = 100;
/** Most files that are told of; more are none. @public */
export const MOST_CHANGED_FILES = 5_000;

/** `GET /requests/:id/commits` @public */
export const commitsQuerySchema = z.strictObject({
  /** The commit that is looked at. */
  to: commitSchema,
  /** What it is compared with: their merge base is where it begins. */
  from: commitSchema.optional(),
});
/** See {@link commitsQuerySchema}. @public */
export type CommitsQuery = z.infer<typeof commitsQuerySchema>;

const person = z.object({ name: z.string(), email: z.string() });

/** A commit of a repository on this computer. @public */
export const toldCommitSchema = z.object({
  sha: z.string(),
  /** Whom it calls its author; anybody may write anything there. */
  author: person,
  committer: person,
  title: z.string(),
  /** The lines of its message that begin with `Co-authored-by:`. */
  coAuthors: z.array(z.string()),
  /** The portal wrote it, as the log of pushes says. */
  own: z.boolean(),
  /**
   * Entity ref of who pushed it, or whose run wrote it: by the log of pushes, not by
   * what it says of itself. Null where the log does not go back so far.
   */
  by: z.string().nullable(),
});
/** See {@link toldCommitSchema}. @public */
export type ToldCommit = z.infer<typeof toldCommitSchema>;

/** A file that differs. @public */
export const changedFileSchema = z.object({
  path: z.string(),
  added: z.int(),
  deleted: z.int(),
  /** It has no lines to count. */
  binary: z.boolean(),
});
/** See {@link changedFileSchema}. @public */
export type ChangedFile = z.infer<typeof changedFileSchema>;

/** Answer of `GET /requests/:id/commits`; for plugins only, for it names people. @public */
export const commitsResponseSchema = z.object({
  asOf: isoSchema,
  /** `host/path/name`, as delivery knows it. */
  repository: z.string(),
  /** Whether it has the commit; nothing is told of one it has not. */
  known: z.boolean(),
  /** Where it begins; null where there is nothing to compare with. */
  base: z.string().nullable(),
  /** After the base, newest first; the newest few without one. */
  items: z.array(toldCommitSchema),
  /** There are more than these after the base. */
  more: z.boolean(),
  /** What differs from the base; null where it cannot be told. */
  files: z.array(changedFileSchema).nullable(),
});
/** See {@link commitsResponseSchema}. @public */
export type CommitsResponse = z.infer<typeof commitsResponseSchema>;
