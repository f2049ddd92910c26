import { entityRefSchema, textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';

/** A SHA-256 as 64 lower-case hexadecimal digits. @public */
export const sha256Schema = z
  .string()
  .regex(
    /^[0-9a-f]{64}$/,
    'must be a SHA-256 as 64 lower-case hexadecimal digits',
  );

/** What a vote is bound to: it counts for nothing else. @public */
export const bindingSchema = z.strictObject({
  /** From 1. */
  revision: z.int().min(1),
  /** SHA-256 of the evidence pack and the plan. */
  packDigest: sha256Schema,
  /** SHA-256 of the risk. */
  riskResultHash: sha256Schema,
});
/** See {@link bindingSchema}. @public */
export type Binding = z.infer<typeof bindingSchema>;

/** What somebody says. @public */
export const decisionSchema = z.enum(['approve', 'reject']);
/** See {@link decisionSchema}. @public */
export type Decision = z.infer<typeof decisionSchema>;

/** Why one decides so, for others to read. @public */
export const reasonSchema = textUpTo(2_000).trim().min(3);

/** `POST /changes/:id/votes` @public */
export const voteBodySchema = bindingSchema.extend({
  decision: decisionSchema,
  reason: reasonSchema.optional(),
  /** Whose vote it is, where they named the caller to cast it; one's own when left out. */
  onBehalfOf: entityRefSchema.optional(),
});
/** See {@link voteBodySchema}. @public */
export type VoteBody = z.infer<typeof voteBodySchema>;

/** What has become of a vote. One that stopped counting never counts again. @public */
export const voteStateSchema = z.enum(['live', 'void', 'withdrawn']);
/** See {@link voteStateSchema}. @public */
export type VoteState = z.infer<typeof voteStateSchema>;
