export { QueryProvider } from './QueryProvider';
export * from './useAnswers';
export * from './useCalendar';
export * from './useCommand';
export * from './useDelegations';
export * from './useExceptions';
export * from './useMe';
