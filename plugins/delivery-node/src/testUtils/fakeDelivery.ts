import {
  createServiceFactory,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  deliveryRoutes,
  type DeliveryRoutes,
} from '@fawkes/backstage-plugin-delivery-common';
import { fakeClient, type FakeAnswers } from '@fawkes/kit-contract';
import {
  deliveryServiceOf,
  deliveryServiceRef,
  type DeliveryPluginClient,
  type DeliveryService,
} from '../service';

/** A double of the delivery plugin. @public */
export interface FakeDelivery extends DeliveryService {
  /** For `startTestBackend`. */
  factory: ServiceFactory;
}

/**
 * A double that answers as a test says, by the names of the routes. A question
 * nobody expects is refused by name, and so is an answer the plugin would not give.
 *
 * @param answers - left out: the plugin is not installed
 * @public
 */
export function fakeDelivery(
  answers?: FakeAnswers<DeliveryRoutes>,
): FakeDelivery {
  const client: Record<string, unknown> = answers
    ? fakeClient(deliveryRoutes, answers)
    : {};
  const methods = Object.entries(deliveryRoutes).map(([name, route]) => [
    name,
    async (question: object) => {
      if (!answers) return undefined;
      const said = await (client[name] as Ask)(question);
      return 'answer' in route ? said : true;
    },
  ]);
  const service = deliveryServiceOf(
    Object.fromEntries(methods) as DeliveryPluginClient,
  );
  return {
    ...service,
    factory: createServiceFactory({
      service: deliveryServiceRef,
      deps: {},
      factory: () => service,
    }),
  };
}

type Ask = (question: object) => Promise<unknown>;
