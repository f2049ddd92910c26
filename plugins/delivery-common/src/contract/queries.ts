import {
  entityRefSchema,
  flagSchema,
  many,
  nameSchema,
  pageShape,
  periodShape,
  textUpTo,
  urlSchema,
} from '@fawkes/kit-contract';
import { z } from 'zod';
import { userRefSchema } from '../events/actor';
import { referenceSchema, shaSchema } from '../events/primitives';

/** What a question is about and over which time. @public */
export const windowShape = {
  /** Entity refs (Component, System, Domain, Group); none = everything. */
  scope: many(entityRefSchema, 200).default([]),
  ...periodShape,
};

/** What each definition can be switched to. @public */
export const SWITCHES = {
  unit: ['commit', 'pull_request'],
  start: ['committed', 'authored', 'pushed', 'opened', 'merged'],
  recoveryFrom: ['finished', 'detected'],
  bands: ['2023', '2021', 'custom'],
} as const;

/** Years of DORA's report there are figures of. @public */
export const EDITIONS = ['2025', '2024'] as const;

/** The switches of the definitions; defaults are DORA's. @public */
export const switchShape = {
  /** What a change is. */
  unit: z.enum(SWITCHES.unit).default('commit'),
  /** Where a change's lead time starts. */
  start: z.enum(SWITCHES.start).default('committed'),
  /** Where recovery starts. */
  recoveryFrom: z.enum(SWITCHES.recoveryFrom).default('finished'),
  /** One production environment; all of them when left out. */
  environment: nameSchema(200).optional(),
  /** Threshold table for bands. */
  bands: z.enum(SWITCHES.bands).default('2023'),
};

/** `GET /metrics` @public */
export const metricsQuerySchema = z.strictObject({
  ...windowShape,
  ...switchShape,
  bucket: z.enum(['day', 'week', 'month']).optional(),
  /** DORA edition, industry and size to compare with. */
  edition: z.enum(EDITIONS).default('2025'),
  industry: textUpTo(64).default('all'),
  size: textUpTo(64).optional(),
});
/** Query of `GET /metrics` after its defaults. @public */
export type MetricsQuery = z.infer<typeof metricsQuerySchema>;
/** What a caller may send (before defaults). @public */
export type MetricsQueryInput = z.input<typeof metricsQuerySchema>;

/** `GET /metrics/by` @public */
export const metricsByQuerySchema = z.strictObject({
  ...windowShape,
  ...switchShape,
  groupBy: z.enum(['service', 'team']).default('service'),
  ...pageShape({ usual: 100, most: 500 }),
});
/** Query of `GET /metrics/by` after its defaults. @public */
export type MetricsByQuery = z.infer<typeof metricsByQuerySchema>;

/** `GET /deployments` @public */
export const deploymentsQuerySchema = z.strictObject({
  ...windowShape,
  ...pageShape(),
  environment: nameSchema(200).optional(),
  /** Only production environments (default) or all. */
  production: flagSchema.default(true),
  failed: flagSchema.optional(),
  /** A commit that was deployed as such, not one among others. */
  sha: shaSchema.optional(),
  artifact: referenceSchema.optional(),
  /**
   * Whose deployments, by the reference of a user: for that person, and for the
   * plugins named in `delivery.actorReaders`.
   */
  actor: userRefSchema.optional(),
  /**
   * What became another since a `changedCursor` of an earlier answer, the oldest
   * change first; `0` is everything.
   */
  changedAfter: textUpTo(15)
    .regex(/^\d{1,15}$/, 'must be the changedCursor of an earlier answer, or 0')
    .optional(),
});
/** Query of `GET /deployments` after its defaults. @public */
export type DeploymentsQuery = z.infer<typeof deploymentsQuerySchema>;

/** `GET /incidents` @public */
export const incidentsQuerySchema = z.strictObject({
  ...windowShape,
  ...pageShape(),
});
/** Query of `GET /incidents` after its defaults. @public */
export type IncidentsQuery = z.infer<typeof incidentsQuerySchema>;

/** `GET /quality` @public */
export const qualityQuerySchema = z.strictObject({
  scope: windowShape.scope,
});
/** Query of `GET /quality` after its defaults. @public */
export type QualityQuery = z.infer<typeof qualityQuerySchema>;

/** `GET /rejected` @public */
export const rejectedQuerySchema = z.strictObject({
  source: nameSchema(200).optional(),
  ...pageShape(),
});
/** Query of `GET /rejected` after its defaults. @public */
export type RejectedQuery = z.infer<typeof rejectedQuerySchema>;

/** `POST /replay` @public */
export const replayBodySchema = z.strictObject({
  /** Inbox ids to try again; left out = every rejected event of `source`. */
  ids: z
    .array(z.string().regex(/^\d{1,15}$/, 'must be an id of GET /rejected'))
    .max(1_000)
    .optional(),
  source: nameSchema(200).optional(),
});
/** Body of `POST /replay`. @public */
export type ReplayBody = z.infer<typeof replayBodySchema>;

/** `GET /environments` @public */
export const environmentQuerySchema = z.strictObject({
  /** Entity ref of a Component. */
  service: entityRefSchema,
  environment: nameSchema(200),
});
/** Query of `GET /environments`. @public */
export type EnvironmentQuery = z.infer<typeof environmentQuerySchema>;

/** Longest text of a label, in UTF-16 code units. @public */
export const MAX_LABEL = 120;

/** `PUT /deployments/:key/labels/:source` @public */
export const labelBodySchema = z.strictObject({
  /** What to say about the deployment. */
  text: nameSchema(MAX_LABEL).regex(/\S/, 'must say something'),
  /** Where to read more. */
  url: urlSchema,
});
/** Body of `PUT /deployments/:key/labels/:source`. @public */
export type LabelBody = z.infer<typeof labelBodySchema>;

/** Who says a label: a plugin's id, or a name of its choice. @public */
export const labelSourceSchema = textUpTo(64).regex(
  /^[a-z0-9][a-z0-9._-]*$/,
  'must be a name like cab: lower case letters, digits, dots, dashes',
);

/** `POST /deployments/:key/marks` @public */
export const markBodySchema = z.strictObject({
  /** `none` takes an earlier mark back and lets the rules decide again. */
  verdict: z.enum(['failed', 'not_failed', 'none']),
  reason: z.string().trim().min(3).max(1_000),
});
/** Body of `POST /deployments/:key/marks`. @public */
export type MarkBody = z.infer<typeof markBodySchema>;
