export * from './items';
export * from './kinds';
export * from './plans';
export * from './says';
