import {
  entityRefSchema,
  entitySchema,
  instantSchema,
  isoSchema,
  nameSchema,
  pageOf,
  pageShape,
  saidSchema,
  textUpTo,
} from '@fawkes/kit-contract';
import { z } from 'zod';
import { changeIdSchema, environmentSchema } from './ids';
import { reasonSchema } from './votes';

/**
 * What an exception can do without: a kind of evidence, or one critical finding
 * being mended. A review, a plan of the way back and provenance are not among them:
 * those are never waived.
 * @public
 */
export const WAIVABLE = ['tests', 'scan', 'sbom', 'finding'] as const;
/** One of {@link WAIVABLE}. @public */
export const waivableSchema = z.enum(
  WAIVABLE,
  `must be one of ${WAIVABLE.join(
    ', ',
  )}: a review, a rollback plan and provenance are never waived`,
);
/** See {@link waivableSchema}. @public */
export type Waivable = z.infer<typeof waivableSchema>;

/** Longest an exception lasts, in days. @public */
export const MAX_EXCEPTION_DAYS = 90;
/** Days before its end at which people are reminded. @public */
export const EXCEPTION_REMINDERS = [14, 3, 0] as const;

const sentence = textUpTo(2_000).trim().min(3);

/** What is done instead, by whom, and how one sees that it is done. @public */
export const controlSchema = z.strictObject({
  text: sentence,
  owner: entityRefSchema.refine(
    ref => ref.startsWith('user:'),
    'must be one person, e.g. user:default/ada; a group answers for nothing',
  ),
  verification: sentence,
});
/** See {@link controlSchema}. @public */
export type CompensatingControl = z.infer<typeof controlSchema>;

/** `POST /exceptions` @public */
export const requestExceptionBodySchema = z
  .strictObject({
    entityRef: entityRefSchema,
    environment: environmentSchema,
    waives: waivableSchema,
    /** The finding, as the scan names it; for `finding` alone. */
    finding: nameSchema(300).nullable().default(null),
    /** Why it cannot be done properly now. */
    justification: textUpTo(4_000).trim().min(10),
    controls: z.array(controlSchema).min(1).max(20),
    /** Now when left out. */
    startsAt: instantSchema.optional(),
    /** How long, by the clock of the database; or `expiresAt`. */
    days: z.int().min(1).max(MAX_EXCEPTION_DAYS).optional(),
    expiresAt: instantSchema.optional(),
  })
  .refine(
    ({ days, expiresAt }) => (days === undefined) !== (expiresAt === undefined),
    { path: ['days'], error: 'must say how long, or expiresAt until when' },
  )
  .refine(
    ({ waives, finding }) => (waives === 'finding') === (finding !== null),
    'must name the finding where it excepts one, and none otherwise',
  );
/** See {@link requestExceptionBodySchema}. @public */
export type RequestExceptionBody = z.infer<typeof requestExceptionBodySchema>;

/** What has become of an exception. @public */
export const EXCEPTION_STATUSES = [
  'requested',
  'upcoming',
  'active',
  'expired',
  'ended',
  'rejected',
  'withdrawn',
] as const;
/** One of {@link EXCEPTION_STATUSES}. @public */
export const exceptionStatusSchema = z.enum(EXCEPTION_STATUSES);
/** See {@link exceptionStatusSchema}. @public */
export type ExceptionStatus = z.infer<typeof exceptionStatusSchema>;

/** An exception as people see it. @public */
export const exceptionSchema = z.object({
  id: z.string(),
  entity: entitySchema,
  environment: z.string(),
  waives: waivableSchema,
  finding: z.string().nullable(),
  status: exceptionStatusSchema,
  /** Null once it was erased. */
  justification: z.string().nullable(),
  controls: z.array(controlSchema),
  startsAt: isoSchema,
  expiresAt: isoSchema,
  /** Entity ref. */
  requester: z.string(),
  requestedAt: isoSchema,
  /** How often it was granted right before, for the same. */
  extension: z.int(),
  /** Who decided, when, and what they said; null while nobody has. */
  decided: z
    .object({
      by: z.string(),
      at: isoSchema,
      reason: z.string().nullable(),
    })
    .nullable(),
  /** Who ended it before its time; null for nobody. */
  ended: z
    .object({
      by: z.string(),
      at: isoSchema,
      reason: z.string().nullable(),
    })
    .nullable(),
  /** What the viewer may do: null may, words say why not. */
  mine: z.object({
    decide: saidSchema.nullable(),
    end: saidSchema.nullable(),
  }),
});
/** See {@link exceptionSchema}. @public */
export type CabException = z.infer<typeof exceptionSchema>;

/** `GET /exceptions` @public */
export const exceptionsQuerySchema = z.strictObject({
  ...pageShape(),
  entityRef: entityRefSchema.optional(),
  environment: environmentSchema.optional(),
  /**
   * `waiting` for a decision; `ending` within 14 days; `active` and to come; all
   * when left out.
   */
  which: z.enum(['waiting', 'ending', 'active']).optional(),
});
/** See {@link exceptionsQuerySchema}. @public */
export type ExceptionsQuery = z.infer<typeof exceptionsQuerySchema>;

/** Answer of `GET /exceptions`. @public */
export const exceptionsResponseSchema = pageOf(exceptionSchema);
/** See {@link exceptionsResponseSchema}. @public */
export type ExceptionsResponse = z.infer<typeof exceptionsResponseSchema>;

/** `POST /exceptions/:id/approve`, `/reject`, `/end` @public */
export const decideExceptionBodySchema = z.strictObject({
  reason: reasonSchema,
});

/** `POST /changes/:id/exceptions`: this revision makes use of it. @public */
export const applyExceptionBodySchema = z.strictObject({
  exceptionId: changeIdSchema,
});
