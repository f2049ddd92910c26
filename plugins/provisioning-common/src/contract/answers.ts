import { isoSchema, pageOf, saidSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { isolationSchema } from './isolation';
import {
  CI_SYSTEMS,
  LANGUAGES,
  REPOSITORY_HOSTS,
  SERVICE_TYPES,
  templateRefSchema,
} from './spec';

/** How much of a quota is taken, and by what. @public */
export const quotaSchema = z.object({
  /** Services of an owner group, or running ones of this portal. */
  kind: z.enum(['owner', 'running']),
  limit: z.number().int(),
  used: z.number().int(),
  /** Who holds what, most first. */
  holders: z.array(z.object({ who: z.string(), count: z.number().int() })),
});
/** See {@link quotaSchema}. @public */
export type Quota = z.infer<typeof quotaSchema>;

/** `GET /names/:kind/:name`: the live answers of the form. @public */
export const nameAnswerSchema = z.object({
  free: z.boolean(),
  /** Why it is not free. */
  reason: saidSchema.optional(),
  /** A free name that is close. */
  suggestion: z.string().optional(),
  /** Whether you may create for this owner; false where none was named. */
  ownerAllowed: z.boolean(),
  quota: z.array(quotaSchema),
});
/** See {@link nameAnswerSchema}. @public */
export type NameAnswer = z.infer<typeof nameAnswerSchema>;

/** `GET /templates`: what can be asked for here. @public */
export const templatesResponseSchema = z.object({
  asOf: isoSchema,
  items: z.array(
    z.object({
      ...templateRefSchema.shape,
      title: z.string(),
      description: z.string(),
      type: z.enum(SERVICE_TYPES),
      language: z.enum(LANGUAGES),
      ci: z.enum(CI_SYSTEMS),
    }),
  ),
  /** Where repositories can be, and what is missing where they cannot. */
  hosts: z.array(
    z.object({
      host: z.enum(REPOSITORY_HOSTS),
      available: z.boolean(),
      /** What it means ("runs code on this computer"), or what to set. */
      words: saidSchema,
      /** What keeps services from this computer; null where nothing is run. */
      isolation: isolationSchema.nullable(),
      /** Servers and organisations that are allowed. */
      places: z.array(z.object({ server: z.string(), owner: z.string() })),
    }),
  ),
  /** Why nothing new is taken on; null when it is. */
  paused: saidSchema.nullable(),
});
/** See {@link templatesResponseSchema}. @public */
export type TemplatesResponse = z.infer<typeof templatesResponseSchema>;

/** `GET /entities`: what the catalog is told, for the catalog only. @public */
export const entitiesResponseSchema = pageOf(
  z.object({
    requestId: z.string(),
    entity: z.object({
      apiVersion: z.string(),
      kind: z.enum(['Component', 'API']),
      metadata: z.record(z.string(), z.unknown()),
      spec: z.record(z.string(), z.unknown()),
    }),
  }),
);
/** See {@link entitiesResponseSchema}. @public */
export type EntitiesResponse = z.infer<typeof entitiesResponseSchema>;

const named = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
});

/** `GET /operator` @public */
export const operatorResponseSchema = z.object({
  asOf: isoSchema,
  paused: z
    .object({ reason: z.string(), by: z.string(), since: isoSchema })
    .nullable(),
  /** Runs that have not moved for long, and requests that need a person. */
  stuck: z.array(
    z.object({
      ...named.shape,
      state: z.string(),
      since: isoSchema,
      reason: saidSchema,
      /** What to look at and do by hand. */
      byHand: z.array(saidSchema),
    }),
  ),
  leases: z.array(
    z.object({
      /** The run, or `local-host`. */
      name: z.string(),
      holder: z.string(),
      token: z.number().int(),
      until: isoSchema,
    }),
  ),
  /** What was forgotten, or exists outside with our mark and no row. */
  orphans: z.array(
    z.object({
      request: named.nullable(),
      words: saidSchema,
      byHand: z.array(saidSchema),
      since: isoSchema,
    }),
  ),
  quotas: z.array(quotaSchema),
  rateCard: z
    .object({
      version: z.string(),
      validFrom: isoSchema,
      currency: z.string(),
      /** Minor units an hour by type of service. */
      hourlyMinor: z.partialRecord(z.enum(SERVICE_TYPES), z.number()),
    })
    .nullable(),
  /** What was tried at start: bwrap, git, npm, Node. */
  checks: z.array(
    z.object({ name: z.string(), ok: z.boolean(), words: saidSchema }),
  ),
  /** Requests that exist, by template and version. */
  templates: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      count: z.number().int(),
    }),
  ),
});
/** See {@link operatorResponseSchema}. @public */
export type OperatorResponse = z.infer<typeof operatorResponseSchema>;
