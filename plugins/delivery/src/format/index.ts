export * from './duration';
export * from './instant';
export * from './numbers';
export * from './useFormat';
