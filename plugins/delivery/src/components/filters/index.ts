export * from './deliveryView';
export { FilterBar, type FilterBarProps } from './FilterBar';
export { useDeliveryView, type DeliveryViewState } from './useDeliveryView';
export {
  metricsByQueryOf,
  metricsQueryOf,
  pinned,
  windowOf,
  zoneOf,
} from './viewQuery';
