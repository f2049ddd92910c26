import { z } from 'zod';
import { saidSchema } from '@fawkes/kit-contract';

/** Where a request stands. @public */
export const REQUEST_STATES = [
  'accepted',
  'running',
  'updating',
  'ready',
  'failed',
  'needs_person',
  'cancelled',
  'destroying',
  'destroy_incomplete',
  'destroyed',
  'forgotten',
] as const;
/** One of {@link REQUEST_STATES}. @public */
export const requestStateSchema = z.enum(REQUEST_STATES);
/** See {@link requestStateSchema}. @public */
export type RequestState = z.infer<typeof requestStateSchema>;

/** What the running service does, apart from its request. @public */
export const SERVICE_STATES = [
  'none',
  'starting',
  'healthy',
  'unhealthy',
  'stopped',
] as const;
/** One of {@link SERVICE_STATES}. @public */
export type ServiceState = (typeof SERVICE_STATES)[number];

/** Why a service is stopped. @public */
export const STOP_REASONS = [
  /** Somebody asked for it. */
  'asked',
  /** Nobody called it for hours. */
  'idle',
  /** The portal was restarted. */
  'portal_restarted',
  /** It lives on another machine than the one that serves local services now. */
  'other_machine',
  /** Its process ended by itself. */
  'exited',
  /** It took more than it may: memory, processes, disk. */
  'limit',
  /** Its first deployment never became healthy. */
  'never_healthy',
  /** Running services on this computer was switched off. */
  'switched_off',
] as const;
/** One of {@link STOP_REASONS}. @public */
export const stopReasonSchema = z.enum(STOP_REASONS);
/** See {@link stopReasonSchema}. @public */
export type StopReason = z.infer<typeof stopReasonSchema>;

/** The running service. @public */
export const serviceSchema = z.object({
  state: z.enum(SERVICE_STATES),
  /** Why it is stopped; null in every other state. */
  reason: stopReasonSchema.nullable(),
  /** Since when it is in this state. */
  since: z.string().nullable(),
  /** Where people reach it, e.g. `http://127.0.0.1:41234`; null where nobody does. */
  address: z.string().nullable(),
  /** Artifact digest of what runs. */
  release: z.string().nullable(),
  /** What of this computer the service reaches, in words; null where it is not ours. */
  isolation: saidSchema.nullable(),
});
/** See {@link serviceSchema}. @public */
export type Service = z.infer<typeof serviceSchema>;

/** What a run is for. @public */
export const RUN_KINDS = [
  'create',
  'update',
  'deploy',
  'rollback',
  'destroy',
] as const;
/** One of {@link RUN_KINDS}. @public */
export const runKindSchema = z.enum(RUN_KINDS);
/** See {@link runKindSchema}. @public */
export type RunKind = z.infer<typeof runKindSchema>;

/** Where a run stands; everything but `running` is its end. @public */
export const RUN_STATES = [
  'running',
  'done',
  'failed',
  'needs_person',
  'cancelled',
  'superseded',
] as const;
/** One of {@link RUN_STATES}. @public */
export const runStateSchema = z.enum(RUN_STATES);
/** See {@link runStateSchema}. @public */
export type RunState = z.infer<typeof runStateSchema>;

/** Where an outside effect stands. @public */
export const EFFECT_STATES = [
  /** Nothing was sent. */
  'planned',
  /** Told to begin; written down before it was. */
  'sent',
  'done',
  'failed',
  /** Sent, and nobody knows what became of it. */
  'unknown',
  /** Never begun: the run ended before, or what it needs failed. */
  'skipped',
  /** Done once, and taken back since. */
  'undone',
] as const;
/** One of {@link EFFECT_STATES}. @public */
export const effectStateSchema = z.enum(EFFECT_STATES);
/** See {@link effectStateSchema}. @public */
export type EffectState = z.infer<typeof effectStateSchema>;

/** How far an effect can be taken back. @public */
export const UNDO_CLASSES = [
  /** As if it had never been. */
  'exact',
  /** By another effect; a trace stays. */
  'compensating',
  /** Not at all. */
  'keep',
] as const;
/** One of {@link UNDO_CLASSES}. @public */
export const undoClassSchema = z.enum(UNDO_CLASSES);
/** See {@link undoClassSchema}. @public */
export type UndoClass = z.infer<typeof undoClassSchema>;

/** Whether we made a thing or found it. @public */
export const originSchema = z.enum(['created', 'adopted']);
/** See {@link originSchema}. @public */
export type Origin = z.infer<typeof originSchema>;

/** How what exists compares with what was last written. @public */
export const DRIFT_WORDS = [
  'in_sync',
  /** Information, not a fault. */
  'changed_by_people',
  /** Something the service needs is gone. */
  'broken',
  /** The template went on. */
  'behind_template',
  /** It could not be looked at; never shown as in sync. */
  'unknown',
] as const;
/** One of {@link DRIFT_WORDS}. @public */
export const driftWordSchema = z.enum(DRIFT_WORDS);
/** See {@link driftWordSchema}. @public */
export type DriftWord = z.infer<typeof driftWordSchema>;
