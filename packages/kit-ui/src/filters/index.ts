/**
 * Choosing what to look at: pickers over plain values, and the choice in the
 * address.
 *
 * @packageDocumentation
 */
export { ScopePicker, type ScopePickerProps } from './ScopePicker';
export { browserZone, datesOf, type TimeWindow } from './timeWindow';
export {
  hasUrlParams,
  readUrlParams,
  writeUrlParams,
  type UrlDefaults,
  type UrlParams,
  type UrlShape,
} from './urlParams';
export { useDebounced } from './useDebounced';
export { useUrlState, type UrlMemory, type UrlState } from './useUrlState';
export { WindowPicker, type WindowPickerProps } from './WindowPicker';
export { ZonePicker, type ZonePickerProps } from './ZonePicker';
