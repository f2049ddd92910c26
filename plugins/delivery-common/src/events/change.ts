import { z } from 'zod';
import { commonShape } from './common';
import {
  instantSchema,
  repositorySchema,
  shaSchema,
  titleSchema,
  urlSchema,
} from './primitives';

const authorHash = z.string().regex(/^[0-9a-f]{16,64}$/i, 'must be a hex hash');

/** A commit as git knows it. @public */
export const commitEventSchema = z.strictObject({
  type: z.literal('change'),
  kind: z.literal('commit'),
  ...commonShape,
  repository: repositorySchema,
  sha: shaSchema,
  parents: z.array(shaSchema).max(64),
  authoredAt: instantSchema,
  committedAt: instantSchema,
  pushedAt: instantSchema.optional(),
  /** Touched files, for repositories that hold several services. */
  paths: z.array(z.string().min(1).max(1024)).max(5_000).optional(),
  title: titleSchema.optional(),
  /** Keyed hash of the author; tells authors from reviewers, never shown. */
  author: authorHash.optional(),
  bot: z.boolean().optional(),
  url: urlSchema.optional(),
});

/** A pull or merge request. @public */
export const pullRequestEventSchema = z.strictObject({
  type: z.literal('change'),
  kind: z.literal('pull_request'),
  ...commonShape,
  repository: repositorySchema,
  number: z.number().int().positive().max(2_147_483_647),
  openedAt: instantSchema,
  readyAt: instantSchema.optional(),
  firstReviewAt: instantSchema.optional(),
  approvedAt: instantSchema.optional(),
  mergedAt: instantSchema.optional(),
  closedAt: instantSchema.optional(),
  baseBranch: z.string().min(1).max(300),
  headSha: shaSchema,
  mergeSha: shaSchema.optional(),
  commits: z.array(shaSchema).max(10_000),
  labels: z.array(z.string().min(1).max(200)).max(100),
  additions: z.number().int().nonnegative().optional(),
  deletions: z.number().int().nonnegative().optional(),
  bot: z.boolean().optional(),
  author: authorHash.optional(),
  workItems: z.array(z.string().min(1).max(200)).max(100).optional(),
  title: titleSchema.optional(),
  url: urlSchema.optional(),
});

/** See {@link commitEventSchema}. @public */
export type CommitEvent = z.infer<typeof commitEventSchema>;
/** See {@link pullRequestEventSchema}. @public */
export type PullRequestEvent = z.infer<typeof pullRequestEventSchema>;
