import { mockServices } from '@backstage/backend-test-utils';
import type { EventParams } from '@backstage/plugin-events-node';
import type { SignalPayload } from '@backstage/plugin-signals-node';
import { signalTag } from '@fawkes/kit-contract';
import { deliveryAnnouncer } from './announcer';

describe('deliveryAnnouncer', () => {
  it('tells plugins the services, and screens no more than their tags', async () => {
    const signals: SignalPayload[] = [];
    const events: EventParams[] = [];
    deliveryAnnouncer({
      signals: { publish: async signal => void signals.push(signal) },
      events: {
        publish: async event => void events.push(event),
        subscribe: async () => {},
      },
      logger: mockServices.logger.mock(),
    }).announce(['component:default/secret-project']);
    await new Promise(setImmediate);
    expect(signals).toEqual([
      {
        recipients: { type: 'broadcast' },
        channel: 'delivery:services',
        message: { tags: [signalTag('component:default/secret-project')] },
      },
    ]);
    expect(events).toEqual([
      {
        topic: 'delivery.derived',
        eventPayload: { services: ['component:default/secret-project'] },
      },
    ]);
  });
});
