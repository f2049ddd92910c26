import { z } from 'zod';
import {
  codedShape,
  figureSchema,
  isoSchema,
  pageOf,
  saidSchema,
} from '@fawkes/kit-contract';

/** One result per event of a batch, in the order they were sent. @public */
export const eventResultSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('accepted') }),
  z.object({ status: z.literal('duplicate') }),
  z.object({
    status: z.literal('rejected'),
    path: z.string(),
    reason: z.string(),
  }),
]);
/** See {@link eventResultSchema}. @public */
export type EventResult = z.infer<typeof eventResultSchema>;

/** Answer of `POST /events` and `POST /cdevents` (202, or 400 when all fail). @public */
export const intakeResponseSchema = z.object({
  accepted: z.number().int(),
  duplicate: z.number().int(),
  rejected: z.number().int(),
  results: z.array(eventResultSchema),
});
/** See {@link intakeResponseSchema}. @public */
export type IntakeResponse = z.infer<typeof intakeResponseSchema>;

/** Answer of `GET /intake`. @public */
export const intakeStatusSchema = z.object({
  asOf: isoSchema,
  /** Waiting to be processed. */
  received: z.number().int(),
  processed: z.number().int(),
  /** Processed and found to say nothing about delivery. */
  ignored: z.number().int(),
  rejected: z.number().int(),
  /** Services whose metrics are still to be recomputed. */
  dirtyServices: z.number().int(),
  /** Age of the oldest event not yet in the numbers, seconds; 0 when none. */
  lagSeconds: z.number(),
  /** Everything is made anew, because rules or settings changed; null when it is not. */
  rebuild: z
    .object({
      since: isoSchema,
      /** Services that are still to be made anew. */
      left: z.number().int(),
    })
    .nullable(),
});
/** See {@link intakeStatusSchema}. @public */
export type IntakeStatus = z.infer<typeof intakeStatusSchema>;

/**
 * A source of facts: what it sent so far, and how its backfill stands.
 * @public
 */
export const sourceSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Facts of a sandbox source stay out of wide scopes. */
  sandbox: z.boolean(),
  sample: z.boolean(),
  received: z.number().int(),
  rejected: z.number().int(),
  lastEventAt: isoSchema.nullable(),
  /** When everything it had told was removed by hand; null or absent if never. */
  removedAt: isoSchema.nullable().optional(),
  /** No event for longer than its usual rhythm. */
  stale: z.boolean(),
  backfill: z
    .object({
      state: z.enum(['idle', 'running', 'done', 'failed']),
      /** Facts loaded so far. */
      loaded: z.number().int(),
      message: z.string().nullable(),
      /** Of the message, where it is one of ours. */
      ...codedShape,
      updatedAt: isoSchema.nullable(),
    })
    .nullable(),
});
/** See {@link sourceSchema}. @public */
export type SourceInfo = z.infer<typeof sourceSchema>;

/** Answer of `GET /sources`. @public */
export const sourcesResponseSchema = z.object({
  asOf: isoSchema,
  items: z.array(sourceSchema),
});
/** See {@link sourcesResponseSchema}. @public */
export type SourcesResponse = z.infer<typeof sourcesResponseSchema>;

/** A row of the services × facts matrix. @public */
export const qualityRowSchema = z.object({
  service: z.string(),
  title: z.string(),
  sample: z.boolean(),
  cells: z.array(
    z.object({
      fact: z.enum(['deployments', 'commits', 'pull-requests', 'incidents']),
      state: z.enum(['present', 'stale', 'missing']),
      count: z.number().int(),
      lastAt: isoSchema.nullable(),
      /** What to do about it, in words. */
      advice: z.string().nullable(),
      adviceSaid: saidSchema.nullable(),
    }),
  ),
  /** Commits without a pull request, unknown parents … counted. */
  unknownStart: z.number().int(),
  clamped: z.number().int(),
  /** Commits of its repositories whose parents nobody told. */
  unknownParents: z.number().int(),
  /** Commits of its repositories that sources tell differently. */
  differingCommits: z.number().int(),
  /** Merged pull requests whose commits are not all known: forks, missing pushes. */
  unknownBranches: z.number().int(),
  /** Incidents whose named cause nobody knows, or that is not clear. */
  unknownCauses: z.number().int(),
});
/** See {@link qualityRowSchema}. @public */
export type QualityRow = z.infer<typeof qualityRowSchema>;

/** A value of an annotation that is as if it were not there. @public */
export const annotationFindingSchema = z.object({
  service: z.string(),
  title: z.string(),
  annotation: z.string(),
  /** The value, clipped. */
  value: z.string(),
  /** What is wrong with it, as the end of a sentence. */
  reason: z.string(),
  /** What to do about it, in words. */
  advice: z.string(),
  reasonSaid: saidSchema.optional(),
  adviceSaid: saidSchema.optional(),
});
/** See {@link annotationFindingSchema}. @public */
export type AnnotationFinding = z.infer<typeof annotationFindingSchema>;

/** An incident that names a cause which means nothing, or not one thing. @public */
export const unknownCauseSchema = z.object({
  service: z.string(),
  /** Who tells it, and by which id. */
  source: z.string(),
  id: z.string(),
  title: z.string().nullable(),
  openedAt: isoSchema,
  causedBy: z.string(),
  reason: z.string(),
  reasonSaid: saidSchema,
});
/** See {@link unknownCauseSchema}. @public */
export type UnknownCause = z.infer<typeof unknownCauseSchema>;

/** Answer of `GET /quality`. @public */
export const qualityResponseSchema = z.object({
  asOf: isoSchema,
  /** Everything is being made anew: what is told may still be of before. */
  rebuilding: z.boolean(),
  /** Share of services with deployments, 0..1. */
  coverage: figureSchema,
  services: z.array(qualityRowSchema),
  /** Deployments and incidents no catalog entity claims, by repository or sender. */
  unmapped: z.array(
    z.object({
      what: z.string(),
      /** Where `what` is more than a name. */
      whatSaid: saidSchema.optional(),
      facts: z.number().int(),
      lastAt: isoSchema,
      suggestion: z.string(),
      suggestionSaid: saidSchema,
    }),
  ),
  /** Lists of this answer that are cut short: 100 of each kind are here. */
  cut: z.array(z.enum(['annotations', 'unmapped', 'unknownCauses'])),
  /** What annotations of these services say and cannot be taken; at most 100. */
  annotations: z.array(annotationFindingSchema),
  /** Since when pushes are known, and where incidents happened; null when not at all. */
  knownSince: z.object({
    pushes: isoSchema.nullable(),
    incidentEnvironments: isoSchema.nullable(),
  }),
  /** Incidents whose named cause means nothing, or not one thing; at most 100. */
  unknownCauses: z.array(unknownCauseSchema),
  rejected: z.number().int(),
  /** Texts for people that were too long, and were clipped, in what the inbox keeps. */
  clippedTexts: z.number().int(),
  /** Lists that were too long: what they say is unknown, in what the inbox keeps. */
  unknownLists: z.number().int(),
  /** Facts that wait for their beginning (e.g. an incident only resolved). */
  incomplete: z.number().int(),
  /** Share of lead times that had to be clamped to 0, 0..1. */
  clampedShare: figureSchema,
  unknownStartShare: figureSchema,
});
/** See {@link qualityResponseSchema}. @public */
export type QualityResponse = z.infer<typeof qualityResponseSchema>;

/** A rejected event. @public */
export const rejectedEventSchema = z.object({
  id: z.string(),
  source: z.string(),
  channel: z.string(),
  receivedAt: isoSchema,
  path: z.string(),
  reason: z.string(),
  /** Of the reason, where it is a common one. */
  ...codedShape,
  /** The payload as it came, clipped to 16 KiB. */
  payload: z.string(),
});
/** See {@link rejectedEventSchema}. @public */
export type RejectedEvent = z.infer<typeof rejectedEventSchema>;

/** Answer of `GET /rejected`, newest first. @public */
export const rejectedResponseSchema = pageOf(rejectedEventSchema);
/** See {@link rejectedResponseSchema}. @public */
export type RejectedResponse = z.infer<typeof rejectedResponseSchema>;

/** Answer of `POST /replay`. @public */
export const replayResponseSchema = z.object({
  replayed: z.number().int(),
});
/** See {@link replayResponseSchema}. @public */
export type ReplayResponse = z.infer<typeof replayResponseSchema>;
