export * from './usePaths';
