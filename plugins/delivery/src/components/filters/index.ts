export * from './deliveryView';
export { FilterBar, type FilterBarProps } from './FilterBar';
export { ScopePicker, type ScopePickerProps } from './ScopePicker';
export { useDeliveryView, type DeliveryViewState } from './useDeliveryView';
export { useMinute } from './useMinute';
export {
  metricsByQueryOf,
  metricsQueryOf,
  pinned,
  windowOf,
  zoneOf,
} from './viewQuery';
export { WindowPicker, type WindowPickerProps } from './WindowPicker';
export { ZonePicker, type ZonePickerProps } from './ZonePicker';
