export * from './bytes';
export * from './strictJson';
