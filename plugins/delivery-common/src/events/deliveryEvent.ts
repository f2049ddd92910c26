import { z } from 'zod';
import {
  commitEventSchema,
  pullRequestEventSchema,
  pushEventSchema,
  repositoryEventSchema,
} from './change';
import { deploymentEventSchema } from './deployment';
import { incidentEventSchema } from './incident';
import {
  feedbackEventSchema,
  workItemEventSchema,
  workItemTransitionEventSchema,
} from './workItem';

const changeEventSchema = z.discriminatedUnion('kind', [
  commitEventSchema,
  pushEventSchema,
  pullRequestEventSchema,
  repositoryEventSchema,
]);

/**
 * One canonical delivery event: what `POST /events` takes and what every
 * source maps its payloads to. Strict: an unknown field is refused, so that a
 * typo in a sender never silently loses a fact.
 * @public
 */
export const deliveryEventSchema = z.discriminatedUnion('type', [
  deploymentEventSchema,
  changeEventSchema,
  incidentEventSchema,
  workItemEventSchema,
  workItemTransitionEventSchema,
  feedbackEventSchema,
]);

/** See {@link deliveryEventSchema}. @public */
export type DeliveryEvent = z.infer<typeof deliveryEventSchema>;
/** The same as senders may write it. @public */
export type DeliveryEventInput = z.input<typeof deliveryEventSchema>;
