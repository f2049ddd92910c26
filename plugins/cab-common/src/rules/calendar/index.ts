export * from './occurrences';
export * from './window';
