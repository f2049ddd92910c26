export * from './calendar';
export * from './risk';
export * from './states';
export * from './votes';
