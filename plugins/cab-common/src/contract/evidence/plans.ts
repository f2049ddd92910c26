import {
  entityRefSchema,
  instantSchema,
  nameSchema,
  textUpTo,
} from '@fawkes/kit-contract';
import { z } from 'zod';
import { ROLLBACK_STRATEGIES } from './kinds';

const step = textUpTo(2_000).trim().min(1);

/** Somebody who answers for a plan: a person, not a group. */
const ownerSchema = entityRefSchema.refine(
  ref => ref.startsWith('user:'),
  'must be one person, e.g. user:default/ada; a group answers for nothing',
);

/** How to go back. `none` and `irreversible` are answers too. @public */
export const rollbackPlanSchema = z.strictObject({
  strategy: z.enum(ROLLBACK_STRATEGIES),
  steps: z.array(step).max(50),
  owner: ownerSchema,
  /** Something is lost for good, e.g. a dropped column. */
  irreversible: z.boolean(),
  /** The pipeline or job that does it; without one it is done by hand. */
  pipeline: nameSchema(512).nullable().default(null),
  /** When it was tried, and where one can see so. */
  rehearsal: z
    .strictObject({ at: instantSchema, reference: nameSchema(512) })
    .nullable()
    .default(null),
});
/** See {@link rollbackPlanSchema}. @public */
export type RollbackPlan = z.infer<typeof rollbackPlanSchema>;

/** How it is rolled out. @public */
export const rolloutPlanSchema = z.strictObject({
  stages: z
    .array(
      z.strictObject({ name: nameSchema(200), description: step.optional() }),
    )
    .min(1)
    .max(20),
  /** What tells that a stage went well. */
  success: z.array(step).min(1).max(20),
  owner: ownerSchema,
  /** Longest a run may take. */
  maxHours: z.int().min(1).max(720).optional(),
});
/** See {@link rolloutPlanSchema}. @public */
export type RolloutPlan = z.infer<typeof rolloutPlanSchema>;
