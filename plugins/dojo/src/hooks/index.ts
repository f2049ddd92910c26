export * from './QueryProvider';
export * from './useDojo';
export * from './usePaths';
export * from './useServerClock';
