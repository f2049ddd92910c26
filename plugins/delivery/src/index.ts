/**
 * DORA metrics in Backstage: every number explainable.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export {
  deliveryApiRef,
  DeliveryClient,
  type DeliveryApi,
  type DeliveryCsvRequest,
  type DeliveryRequestOptions,
} from './api';
export { deliveryTranslationRef } from './translation';
