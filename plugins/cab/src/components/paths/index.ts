export { localDay } from './localDay';
export * from './usePaths';
