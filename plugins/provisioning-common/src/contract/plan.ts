import { isoSchema, saidSchema, textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';
import { plannedEffectSchema } from './effects';
import { digestSchema, kindSchema } from './ids';
import { isolationSchema } from './isolation';

/** Longest text of one file in an answer, in UTF-16 code units (256 KiB). @public */
export const MAX_FILE_TEXT = 256 * 1024;
/** Most files of a rendered tree. @public */
export const MAX_FILES = 2_000;

/** The two modes a file of ours may have, as octal text. @public */
export const fileModeSchema = z.enum(['644', '755']);
/** See {@link fileModeSchema}. @public */
export type FileMode = z.infer<typeof fileModeSchema>;

/**
 * A path inside a repository: relative, with slashes, nothing that leads out of
 * it or into git's own folder, on any file system.
 * @public
 */
export const filePathSchema = textUpTo(400)
  .min(1)
  .refine(
    path =>
      !/[\\:\p{Cc}\p{Cs}]/u.test(path) &&
      path
        .split('/')
        .every(part => !['', '.', '..'].includes(part) && !isGitFolder(part)),
    'must be a relative path inside the repository',
  );

/** Also as file systems read it that fold case or drop dots and spaces. */
function isGitFolder(part: string): boolean {
  const folded = part.toLowerCase();
  let end = folded.length;
  while (end > 0 && '. '.includes(folded[end - 1])) end--;
  return ['.git', 'git~1'].includes(folded.slice(0, end));
}

/** A file of a rendered tree. @public */
export const plannedFileSchema = z.object({
  path: filePathSchema,
  mode: fileModeSchema,
  /** Bytes. */
  size: z.number().int().nonnegative(),
  sha256: digestSchema,
  /** Its text; null where it is left out. */
  content: textUpTo(MAX_FILE_TEXT).nullable(),
  /** Why the text is left out. */
  omitted: z.enum(['binary', 'large']).nullable(),
});
/** See {@link plannedFileSchema}. @public */
export type PlannedFile = z.infer<typeof plannedFileSchema>;

/**
 * What something costs a month, as an estimate. Unknown is never zero: it is
 * null with the reason.
 * @public
 */
export const costSchema = z.union([
  z.object({
    /** Whole minor units of the currency, e.g. cents. */
    amountMinor: z.number().int().nonnegative(),
    /** ISO 4217. */
    currency: z.string().regex(/^[A-Z]{3}$/),
    per: z.literal('month'),
    /** Version of the rate card it was worked out from. */
    rateCard: z.string(),
  }),
  z.object({ amountMinor: z.null(), reason: saidSchema }),
]);
/** See {@link costSchema}. @public */
export type Cost = z.infer<typeof costSchema>;

/** What would happen, and nothing of it happened. @public */
export const planSchema = z.object({
  kind: kindSchema,
  namespace: z.string(),
  name: z.string(),
  specDigest: digestSchema,
  planDigest: digestSchema,
  bundleDigest: digestSchema,
  files: z.array(plannedFileSchema).max(MAX_FILES),
  effects: z.array(plannedEffectSchema),
  cost: costSchema,
  /** What would keep it from the computer that runs it; null where none here would. */
  isolation: isolationSchema.nullable(),
  /** What it relies on, and what is known only afterwards. */
  assumptions: z.array(saidSchema),
  /** What stands in the way: a name taken, an owner that is not yours, a full quota. */
  obstacles: z.array(saidSchema),
  asOf: isoSchema,
});
/** See {@link planSchema}. @public */
export type Plan = z.infer<typeof planSchema>;
