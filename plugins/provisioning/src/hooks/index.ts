export { QueryProvider } from './QueryProvider';
export * from './useAnswers';
export * from './useCommands';
export * from './useLiveProvisioning';
export * from './useLog';
export * from './useMine';
