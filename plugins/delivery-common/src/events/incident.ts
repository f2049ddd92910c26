import { z } from 'zod';
import { commonShape, refuseReversed } from './common';
import {
  environmentSchema,
  referenceSchema,
  repositorySchema,
  titleText,
} from './primitives';
import {
  entityRefSchema,
  instantSchema,
  textUpTo,
  urlSchema,
} from '@fawkes/kit-contract';

/** Service was degraded or lost for users. @public */
export const incidentEventSchema = z
  .strictObject({
    type: z.literal('incident'),
    ...commonShape,
    service: entityRefSchema.optional(),
    /**
     * Where it was reported. Finds the service when that is left out and one
     * component lives there; of several, none is guessed.
     */
    repository: repositorySchema.optional(),
    /** Where it happened; it fails nothing and is in no MTTR unless that is production. */
    environment: environmentSchema.optional(),
    openedAt: instantSchema,
    acknowledgedAt: instantSchema.optional(),
    resolvedAt: instantSchema.optional(),
    severity: textUpTo(64).min(1).optional(),
    title: titleText.optional(),
    /**
     * The deployment that caused it: its id, a sha (7 digits or more), an
     * artifact (purl), or the address of a commit or a deployment.
     */
    causedBy: referenceSchema.optional(),
    url: urlSchema.optional(),
  })
  .superRefine((event, ctx) =>
    refuseReversed(event, 'openedAt', 'resolvedAt', ctx),
  );

/** See {@link incidentEventSchema}. @public */
export type IncidentEvent = z.infer<typeof incidentEventSchema>;
