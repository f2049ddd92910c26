import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  PROVISIONING_SIGNAL_CHANNEL,
  signalTag,
} from '@fawkes/backstage-plugin-provisioning-common';
import { Announcer } from '@fawkes/kit-backend/work';

/** Tells screens which requests have news; other plugins hear it from the outbox. */
export function provisioningAnnouncer(services: {
  signals: SignalsService;
  logger: LoggerService;
}): Announcer {
  const { signals, logger } = services;
  return new Announcer({
    signals,
    // What plugins are told says what happened, and is told once it is committed.
    events: { publish: async () => {}, subscribe: async () => {} },
    logger,
    channel: PROVISIONING_SIGNAL_CHANNEL,
    tagOf: signalTag,
    topic: PROVISIONING_SIGNAL_CHANNEL,
    payloadOf: requests => ({ requests }),
  });
}
