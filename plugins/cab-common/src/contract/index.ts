export * from './risk';
export * from './states';
