/**
 * For authors of permission policies.
 *
 * @packageDocumentation
 */
export {
  createDeliveryServiceConditionalDecision,
  deliveryServiceConditions,
  deliveryServiceResourceRef,
  type DeliveryService,
  type DeliveryServiceFilter,
} from './permissions/rules';
