import {
  deliveryRoutes,
  type DeliveryRoutes,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  fakePluginService,
  type FakePluginService,
} from '@fawkes/kit-backend/http';
import type { FakeAnswers } from '@fawkes/kit-contract';
import {
  deliveryServiceOf,
  deliveryServiceRef,
  type DeliveryService,
} from '../service';

/** A double of the delivery plugin. @public */
export type FakeDelivery = FakePluginService<DeliveryService>;

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
  return fakePluginService(
    deliveryServiceRef,
    deliveryRoutes,
    deliveryServiceOf,
    answers,
  );
}
