export * from './RevocationsPage';
