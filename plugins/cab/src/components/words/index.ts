export * from './labels';
export * from './useTerm';
export * from './NextText';
