export * from './reduce';
export * from './table';
