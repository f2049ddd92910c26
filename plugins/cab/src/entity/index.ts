export * from './EntityChanges';
