import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  DELIVERY_EVENT_TOPIC,
  DELIVERY_SIGNAL_CHANNEL,
  type DerivedEventPayload,
} from '@fawkes/backstage-plugin-delivery-common';
import { signalTag } from '@fawkes/kit-contract';
import { Announcer } from '@fawkes/kit-backend/work';

/** Tells which services have new numbers. */
export function deliveryAnnouncer(services: {
  signals: SignalsService;
  events: EventsService;
  logger: LoggerService;
}): Announcer {
  const { signals, events, logger } = services;
  return new Announcer({
    signals,
    events,
    logger,
    channel: DELIVERY_SIGNAL_CHANNEL,
    tagOf: signalTag,
    topic: DELIVERY_EVENT_TOPIC,
    payloadOf: (names): DerivedEventPayload => ({ services: names }),
  });
}
