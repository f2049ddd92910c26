export * from './facts';
export * from './intake';
export * from './metrics';
export * from './queries';
export * from './routes';
export * from './values';
export * from './words';
