export * from './automatic';
export * from './ballot';
export * from './quorum';
export * from './requirement';
