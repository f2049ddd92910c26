/**
 * What other plugins and modules may build on: the delivery plugin as a service,
 * the extension point for sources, and what sources map with.
 *
 * @packageDocumentation
 */
export * from './checkPart';
export * from './claims';
export * from './extensions';
export * from './identity';
export {
  deliveryServiceRef,
  type DeliveryService,
  type LabelName,
} from './service';
export * from './source';
