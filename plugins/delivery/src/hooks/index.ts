export { QueryProvider } from './QueryProvider';
export * from './useActions';
export * from './useFacts';
export * from './useIntakeData';
export * from './useLiveDelivery';
export * from './useMetrics';
