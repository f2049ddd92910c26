export * from './values';
export * from './labs';
export * from './belts';
export * from './certificates';
export * from './mine';
export * from './teams';
export * from './routes';
