export * from './values';
export * from './routes';
