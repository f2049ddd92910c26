export * from './NewPage';
