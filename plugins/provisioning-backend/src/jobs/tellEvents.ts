import type { EventsService } from '@backstage/plugin-events-node';
import {
  provisioningEvents,
  type ProvisioningTopic,
} from '@fawkes/backstage-plugin-provisioning-common';
import type { Teller } from '@fawkes/kit-backend/work';

/** Messages that are events for whoever listens. */
export const EVENT = 'event';

/** Tells other plugins what was written for them, after it was committed. */
export function eventTeller(events: Pick<EventsService, 'publish'>): Teller {
  return async payload => {
    const { topic, event } = payload as {
      topic: ProvisioningTopic;
      event: unknown;
    };
    const eventPayload = provisioningEvents[topic].parse(event);
    await events.publish({ topic, eventPayload });
    return 'told';
  };
}
