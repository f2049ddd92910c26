export * from './conflicts';
export * from './occurrences';
export * from './window';
