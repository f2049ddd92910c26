import { isoSchema, saidSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { kindSchema } from './contract/ids';
import { stopReasonSchema } from './contract/states';

export { signalTag } from '@fawkes/kit-contract';

/** What every event of a request says. @public */
export const requestEventSchema = z.object({
  id: z.string(),
  kind: kindSchema,
  namespace: z.string(),
  name: z.string(),
  /** Entity ref of the component. */
  entityRef: z.string(),
  /** Entity ref of the group. */
  owner: z.string(),
  /** Entity ref of who asked for it. */
  requester: z.string(),
  runId: z.string(),
  practice: z.boolean(),
  at: isoSchema,
});
/** See {@link requestEventSchema}. @public */
export type RequestEvent = z.infer<typeof requestEventSchema>;

const reasonedEventSchema = requestEventSchema.extend({ reason: saidSchema });

/** What every event of a running service says. @public */
export const serviceEventSchema = z.object({
  /** Id of its request. */
  id: z.string(),
  namespace: z.string(),
  name: z.string(),
  entityRef: z.string(),
  owner: z.string(),
  /** `host/path/name`, as the delivery plugin knows it. */
  repository: z.string(),
  at: isoSchema,
});
/** See {@link serviceEventSchema}. @public */
export type ServiceEvent = z.infer<typeof serviceEventSchema>;

/** What other plugins are told, by topic. @public */
export const provisioningEvents = {
  'provisioning.request.accepted': requestEventSchema,
  'provisioning.request.ready': requestEventSchema,
  'provisioning.request.failed': reasonedEventSchema,
  'provisioning.request.needs_person': reasonedEventSchema,
  'provisioning.request.destroyed': requestEventSchema,
  'provisioning.service.started': serviceEventSchema.extend({
    address: z.string().nullable(),
    /** Artifact digest. */
    release: z.string(),
  }),
  'provisioning.service.stopped': serviceEventSchema.extend({
    reason: stopReasonSchema,
  }),
  /** Its entities or documents in the catalog are not what they were. */
  'provisioning.service.described': serviceEventSchema,
  /** Its facts stay; it will tell no more. */
  'provisioning.service.retired': serviceEventSchema,
} as const;

/** Topic of an event. @public */
export type ProvisioningTopic = keyof typeof provisioningEvents;
/** What is told on a topic. @public */
export type ProvisioningEvent<T extends ProvisioningTopic> = z.infer<
  (typeof provisioningEvents)[T]
>;
/** Every topic of the provisioning plugin. @public */
export const PROVISIONING_TOPICS = Object.keys(
  provisioningEvents,
) as ProvisioningTopic[];

/** Signals channel on which news of requests is announced. @public */
export const PROVISIONING_SIGNAL_CHANNEL = 'provisioning:requests';

/**
 * What a signal says: something of these requests is new. Everybody who is
 * signed in hears it, also who may not know that a request exists; so requests
 * go by the `signalTag` of their id here.
 * @public
 */
export interface ProvisioningSignal {
  /** Tags of requests; `null` when there are too many to list. */
  tags: string[] | null;
}
