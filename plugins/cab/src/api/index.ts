export * from './CabApi';
