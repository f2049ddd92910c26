export * from './claim';
export * from './factKey';
export * from './factState';
export * from './precedence';
