import { z } from 'zod';
import { commonShape } from './common';
import { MAX_COMMITS, MAX_PARENTS, MAX_PATHS } from './limits';
import { repositorySchema, shaSchema, titleText } from './primitives';
import { instantSchema, textUpTo, urlSchema } from '@fawkes/kit-contract';

const authorHash = z.string().regex(/^[0-9a-f]{16,64}$/i, 'must be a hex hash');

/** Longest path of a file that is kept, in UTF-16 code units. */
const MAX_PATH = 1_024;
/** Longest name of a machine that makes changes. */
const MAX_BOT = 200;
/** Longest name of a ref. */
const MAX_REF = 300;

/** A commit as git knows it. @public */
export const commitEventSchema = z.strictObject({
  type: z.literal('change'),
  kind: z.literal('commit'),
  ...commonShape,
  repository: repositorySchema,
  sha: shaSchema,
  parents: z.array(shaSchema).max(MAX_PARENTS),
  /** Unknown where a machine's clock was never set (before 1990). */
  authoredAt: instantSchema.optional(),
  committedAt: instantSchema.optional(),
  pushedAt: instantSchema.optional(),
  /** Touched files, for repositories that hold several services. */
  paths: z.array(textUpTo(MAX_PATH).min(1)).max(MAX_PATHS).optional(),
  /** The commit it takes back. */
  reverts: shaSchema.optional(),
  title: titleText.optional(),
  /** Keyed hash of the author; tells authors from reviewers, never shown. */
  author: authorHash.optional(),
  bot: z.boolean().optional(),
  /** What the machine is called that wrote it; people are never named. */
  botName: textUpTo(MAX_BOT).min(1).optional(),
  url: urlSchema.optional(),
});

/**
 * A branch was one commit and became another.
 * @public
 */
export const pushEventSchema = z.strictObject({
  type: z.literal('change'),
  kind: z.literal('push'),
  ...commonShape,
  repository: repositorySchema,
  /** `refs/heads/main` */
  ref: textUpTo(MAX_REF).min(1),
  /** What it was; left out when the push created it. */
  before: shaSchema.optional(),
  after: shaSchema,
  forced: z.boolean().optional(),
  created: z.boolean().optional(),
  /**
   * What `after` reaches is what `before` reaches and what is listed, and
   * nothing else: the push neither forced nor created the branch, and its list
   * is not cut.
   */
  complete: z.boolean().optional(),
  commits: z.array(shaSchema).max(MAX_COMMITS),
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
  baseBranch: textUpTo(MAX_REF).min(1),
  /** Where it comes from; `owner:branch` when that is in a fork. */
  headBranch: textUpTo(MAX_REF).min(1).optional(),
  headSha: shaSchema,
  mergeSha: shaSchema.optional(),
  /** Number of the pull request it takes back. */
  reverts: z.number().int().positive().max(2_147_483_647).optional(),
  commits: z.array(shaSchema).max(MAX_COMMITS),
  labels: z.array(textUpTo(200).min(1)).max(100),
  additions: z.number().int().nonnegative().optional(),
  deletions: z.number().int().nonnegative().optional(),
  bot: z.boolean().optional(),
  /** What the machine is called that opened it; people are never named. */
  botName: textUpTo(MAX_BOT).min(1).optional(),
  author: authorHash.optional(),
  workItems: z.array(textUpTo(200).min(1)).max(100).optional(),
  title: titleText.optional(),
  url: urlSchema.optional(),
});

/**
 * A repository got its name: it was created, renamed or transferred then.
 * @public
 */
export const repositoryEventSchema = z.strictObject({
  type: z.literal('change'),
  kind: z.literal('repository'),
  ...commonShape,
  /** What it is called since `occurredAt`. */
  repository: repositorySchema,
  /** What it was called before; left out when it was created. */
  formerly: repositorySchema.optional(),
});

/** See {@link commitEventSchema}. @public */
export type CommitEvent = z.infer<typeof commitEventSchema>;
/** See {@link pushEventSchema}. @public */
export type PushEvent = z.infer<typeof pushEventSchema>;
/** See {@link repositoryEventSchema}. @public */
export type RepositoryEvent = z.infer<typeof repositoryEventSchema>;
/** See {@link pullRequestEventSchema}. @public */
export type PullRequestEvent = z.infer<typeof pullRequestEventSchema>;
