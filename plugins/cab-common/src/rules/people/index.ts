export * from './duties';
export * from './identity';
