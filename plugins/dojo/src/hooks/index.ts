export * from './QueryProvider';
export * from './useDojo';
export * from './useMine';
export * from './usePaths';
export * from './useServerClock';
