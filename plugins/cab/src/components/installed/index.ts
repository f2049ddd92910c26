export * from './Answer';
