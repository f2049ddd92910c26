import {
  entityRefSchema,
  isoSchema,
  nameSchema,
  saidSchema,
  urlSchema,
} from '@fawkes/kit-contract';
import { z } from 'zod';
import { artifactDigestSchema, commitSchema, environmentSchema } from './ids';

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
