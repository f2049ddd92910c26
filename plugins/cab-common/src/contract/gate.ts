import {
  entityRefSchema,
  isoSchema,
  nameSchema,
  saidSchema,
  textUpTo,
  titleSchema,
  urlSchema,
} from '@fawkes/kit-contract';
import { z } from 'zod';
import { artifactDigestSchema, commitSchema, environmentSchema } from './ids';
import { changeStateSchema } from './states';

/** What the gate answers. @public */
export const verdictSchema = z.enum(['allow', 'deny', 'pending']);
/** See {@link verdictSchema}. @public */
export type Verdict = z.infer<typeof verdictSchema>;

/** `POST /gate` @public */
export const gateBodySchema = z.strictObject({
  entityRef: entityRefSchema,
  environment: environmentSchema,
  commitSha: commitSchema,
  artifactDigest: artifactDigestSchema.nullable().default(null),
  /** Which part of the rollout; one allow starts one. */
  stage: nameSchema(100).default('all'),
  /** The run that asks; an allow is for it alone. */
  runUrl: urlSchema,
});
/** See {@link gateBodySchema}. @public */
export type GateBody = z.infer<typeof gateBodySchema>;

/** Answer of `POST /gate`. @public */
export const gateAnswerSchema = z.object({
  verdict: verdictSchema,
  /** Why, in capitals; it never changes its meaning. */
  reasonCode: z.string(),
  /** The same for people. */
  reason: saidSchema,
  changeId: z.string().nullable(),
  score: z.string().nullable(),
  /** Until when the run may start. */
  expiresAt: isoSchema.nullable(),
  /** When asking again makes sense. */
  retryAt: isoSchema.nullable(),
  /** Number of the answer in the record; null for what is not recorded. */
  seq: z.int().nullable(),
});
/** See {@link gateAnswerSchema}. @public */
export type GateAnswer = z.infer<typeof gateAnswerSchema>;

/** `POST /gate/started`: the run for which the gate said allow has started. @public */
export const runStartedBodySchema = gateBodySchema.omit({
  artifactDigest: true,
});
/** See {@link runStartedBodySchema}. @public */
export type RunStartedBody = z.infer<typeof runStartedBodySchema>;

/** `POST /gate/finished`: how it ended. @public */
export const runFinishedBodySchema = runStartedBodySchema.extend({
  outcome: z.enum(['succeeded', 'failed']),
});
/** See {@link runFinishedBodySchema}. @public */
export type RunFinishedBody = z.infer<typeof runFinishedBodySchema>;

/** Answer of what pipelines tell of their runs. @public */
export const runAnswerSchema = z.object({
  /** Null where nothing is asked, and nothing was taken down. */
  changeId: z.string().nullable(),
  state: changeStateSchema.nullable(),
});
/** See {@link runAnswerSchema}. @public */
export type RunAnswer = z.infer<typeof runAnswerSchema>;

/** `POST /ci/changes`: a pipeline asks on behalf of somebody of the owning group. @public */
export const ciChangeBodySchema = z.strictObject({
  entityRef: entityRefSchema,
  environment: environmentSchema,
  headSha: commitSchema,
  artifactDigest: artifactDigestSchema.nullable().default(null),
  title: titleSchema,
  description: textUpTo(8_000).default(''),
  /** The User who asks; they are the submitter, and do not approve it. */
  onBehalfOf: entityRefSchema,
});
/** See {@link ciChangeBodySchema}. @public */
export type CiChangeBody = z.infer<typeof ciChangeBodySchema>;

/** Answer of `POST /ci/changes`. @public */
export const ciChangeAnswerSchema = z.object({
  changeId: z.string(),
  state: changeStateSchema,
  /** Where people look at it. */
  url: z.string(),
  /** False where there was one already that is unfinished. */
  created: z.boolean(),
  /** Kinds of evidence that are missing before anybody is asked. */
  missingEvidence: z.array(z.string()),
});
/** See {@link ciChangeAnswerSchema}. @public */
export type CiChangeAnswer = z.infer<typeof ciChangeAnswerSchema>;

/**
 * What a pipeline would be told now, without having asked: by state, time and
 * calendar. Voters and facts are read again only when one asks.
 * @public
 */
export const gateOutlookSchema = gateAnswerSchema.pick({
  verdict: true,
  reasonCode: true,
  reason: true,
  expiresAt: true,
  retryAt: true,
});
/** See {@link gateOutlookSchema}. @public */
export type GateOutlook = z.infer<typeof gateOutlookSchema>;
