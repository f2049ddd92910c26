import { textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';
import {
  commitSchema,
  digestSchema,
  groupRefSchema,
  kindSchema,
  namespaceSchema,
  requestIdSchema,
  serviceNameSchema,
} from './ids';
import { serviceSpecSchema } from './spec';
import { requestStateSchema, serviceSchema } from './states';
import { reasonSchema } from './text';

const keyShape = {
  kind: kindSchema,
  namespace: namespaceSchema.default('default'),
  name: serviceNameSchema,
};

/** `POST /plan` @public */
export const planBodySchema = z.strictObject({
  ...keyShape,
  spec: serviceSpecSchema,
});
/** Body of `POST /plan`. @public */
export type PlanBody = z.infer<typeof planBodySchema>;

/** `POST /requests` @public */
export const createBodySchema = z.strictObject({
  ...keyShape,
  spec: serviceSpecSchema,
  /** `update` replaces the spec of what is there. */
  mode: z.enum(['create', 'update']).default('create'),
  /** Digest of the spec an update replaces. */
  ifDigest: digestSchema.optional(),
  /** What a permanent failure leads to; effects stay for a retry by default. */
  onFailure: z.enum(['continue', 'undo']).default('continue'),
  /** Digest of the plan that was looked at: another one is refused. */
  expectedPlanDigest: digestSchema.optional(),
  /** For learning: one alive per person, and it ends by itself. */
  practice: z.boolean().default(false),
});
/** Body of `POST /requests`. @public */
export type CreateBody = z.infer<typeof createBodySchema>;

/** What a command that begins a run answers. @public */
export const runAnswerSchema = z.object({
  id: z.string(),
  runId: z.string(),
  state: requestStateSchema,
});
/** See {@link runAnswerSchema}. @public */
export type RunAnswer = z.infer<typeof runAnswerSchema>;

/** `POST /requests` @public */
export const createAnswerSchema = z.object({
  ...runAnswerSchema.shape,
  specDigest: digestSchema,
});
/** See {@link createAnswerSchema}. @public */
export type CreateAnswer = z.infer<typeof createAnswerSchema>;

/** `POST /requests/:id/start` and `…/stop` @public */
export const serviceAnswerSchema = z.object({
  id: z.string(),
  service: serviceSchema,
});
/** See {@link serviceAnswerSchema}. @public */
export type ServiceAnswer = z.infer<typeof serviceAnswerSchema>;

/** A command that needs nothing more. @public */
export const noBodySchema = z.strictObject({});

/** `POST /requests/:id/deploy` @public */
export const deployBodySchema = z.strictObject({
  /** The newest green commit of the default branch when left out. */
  commit: commitSchema.optional(),
});
/** Body of `POST /requests/:id/deploy`. @public */
export type DeployBody = z.infer<typeof deployBodySchema>;

/** `POST /requests/:id/rollback` @public */
export const rollbackBodySchema = z.strictObject({
  /** Artifact digest; the previous healthy one when left out. */
  digest: digestSchema.optional(),
});
/** Body of `POST /requests/:id/rollback`. @public */
export type RollbackBody = z.infer<typeof rollbackBodySchema>;

/** `POST /requests/:id/merge` @public */
export const mergeBodySchema = z.strictObject({
  revision: z.number().int().min(1).max(1_000_000),
  /** The commit of main that was looked at. */
  head: commitSchema,
});
/** Body of `POST /requests/:id/merge`. @public */
export type MergeBody = z.infer<typeof mergeBodySchema>;

/** `POST /requests/:id/merge` @public */
export const mergeAnswerSchema = z.object({
  ...runAnswerSchema.shape,
  /** The merge commit. */
  commit: z.string(),
});
/** See {@link mergeAnswerSchema}. @public */
export type MergeAnswer = z.infer<typeof mergeAnswerSchema>;

/** `POST /requests/:id/destroy` @public */
export const destroyBodySchema = z.strictObject({
  /** The name, typed. */
  confirm: textUpTo(100),
  /** Though others depend on it. */
  force: z.boolean().default(false),
  /** Delete a repository that would be archived. */
  purge: z.boolean().default(false),
});
/** Body of `POST /requests/:id/destroy`. @public */
export type DestroyBody = z.infer<typeof destroyBodySchema>;

/** `POST /requests/:id/forget` @public */
export const forgetBodySchema = z.strictObject({ reason: reasonSchema });
/** Body of `POST /requests/:id/forget`. @public */
export type ForgetBody = z.infer<typeof forgetBodySchema>;

/** `POST /requests/:id/forget` @public */
export const forgetAnswerSchema = z.object({
  id: z.string(),
  state: requestStateSchema,
});
/** See {@link forgetAnswerSchema}. @public */
export type ForgetAnswer = z.infer<typeof forgetAnswerSchema>;

/** `POST /requests/:id/transfer`: offer it, then answer from the other side. @public */
export const transferBodySchema = z.union([
  z.strictObject({ to: groupRefSchema }),
  z.strictObject({ accept: z.boolean() }),
]);
/** Body of `POST /requests/:id/transfer`. @public */
export type TransferBody = z.infer<typeof transferBodySchema>;

/** `POST /requests/:id/transfer` @public */
export const transferAnswerSchema = z.object({
  id: z.string(),
  owner: z.string(),
  /** The group that has not answered yet. */
  pending: z.string().optional(),
});
/** See {@link transferAnswerSchema}. @public */
export type TransferAnswer = z.infer<typeof transferAnswerSchema>;

/** `POST /git-token` @public */
export const gitTokenBodySchema = z.strictObject({ request: requestIdSchema });
/** Body of `POST /git-token`. @public */
export type GitTokenBody = z.infer<typeof gitTokenBodySchema>;

/** `POST /git-token`: shown once. @public */
export const gitTokenAnswerSchema = z.object({
  /** What git calls the person; it goes into an address as it is. */
  user: z.string(),
  token: z.string(),
  /** Whether it may push; it may pull. */
  push: z.boolean(),
  expiresAt: z.string(),
});
/** See {@link gitTokenAnswerSchema}. @public */
export type GitTokenAnswer = z.infer<typeof gitTokenAnswerSchema>;

/** `POST /operator/pause` @public */
export const pauseBodySchema = z.strictObject({
  paused: z.boolean(),
  reason: reasonSchema,
});
/** Body of `POST /operator/pause`. @public */
export type PauseBody = z.infer<typeof pauseBodySchema>;

/** `POST /operator/pause` @public */
export const pauseAnswerSchema = z.object({ paused: z.boolean() });
/** See {@link pauseAnswerSchema}. @public */
export type PauseAnswer = z.infer<typeof pauseAnswerSchema>;
