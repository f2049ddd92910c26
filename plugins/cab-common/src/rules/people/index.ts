export * from './duties';
export * from './identity';
export * from './reviews';
