/**
 * DORA metrics in Backstage: every number explainable.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export { createDeliveryClient, deliveryApiRef, type DeliveryApi } from './api';
export { deliveryTranslationRef } from './translation';
