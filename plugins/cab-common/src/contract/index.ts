export * from './calendar';
export * from './record';
export * from './risk';
export * from './states';
export * from './votes';
