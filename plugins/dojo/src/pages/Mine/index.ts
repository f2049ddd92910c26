export * from './MinePage';
