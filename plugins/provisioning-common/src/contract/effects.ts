import { isoSchema, saidSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { effectIdSchema } from './ids';
import { effectStateSchema, originSchema, undoClassSchema } from './states';
import { linkSchema } from './link';

/**
 * What a run can do outside of its own tables. Those that a template's step
 * waits for carry the name of the action.
 * @public
 */
export const EFFECT_TYPES = [
  'name:reserve',
  'repo:ensure',
  'repo:protect',
  'ci:ensure',
  'catalog:entity:ensure',
  'service:build',
  'service:deploy',
  'events:tell',
  // The review of an update.
  'repo:propose',
  // What takes them back.
  'service:remove',
  'catalog:entity:remove',
  'ci:remove',
  'repo:unprotect',
  'repo:remove',
  'repo:archive',
  'repo:release',
  'events:retire',
  'local:tidy',
  'name:release',
] as const;
/** One of {@link EFFECT_TYPES}. @public */
export const effectTypeSchema = z.enum(EFFECT_TYPES);
/** See {@link effectTypeSchema}. @public */
export type EffectType = z.infer<typeof effectTypeSchema>;

/** An effect that would be. @public */
export const plannedEffectSchema = z.object({
  /** Unique in its run. */
  id: effectIdSchema,
  type: effectTypeSchema,
  title: saidSchema,
  undoClass: undoClassSchema,
  /** What taking it back means, in the words the person reads. */
  undo: saidSchema,
  /** Ids of effects of the same run that have to be done before. */
  dependsOn: z.array(effectIdSchema),
  /** Whether it makes something or takes over what is there; null until known. */
  origin: originSchema.nullable(),
});
/** See {@link plannedEffectSchema}. @public */
export type PlannedEffect = z.infer<typeof plannedEffectSchema>;

/** An effect in the ledger. @public */
export const effectSchema = z.object({
  ...plannedEffectSchema.shape,
  runId: z.string(),
  state: effectStateSchema,
  /** Why it failed, is unknown, was skipped, or cannot begin yet. */
  reason: saidSchema.nullable(),
  startedAt: isoSchema.nullable(),
  finishedAt: isoSchema.nullable(),
  /** How long it took, or has taken so far; null before it began. */
  seconds: z.number().nullable(),
  /** How often it was begun. */
  attempts: z.number().int(),
  links: z.array(linkSchema),
  /** Whether `GET …/logs?effect=` has lines of it. */
  hasLog: z.boolean(),
});
/** See {@link effectSchema}. @public */
export type Effect = z.infer<typeof effectSchema>;
