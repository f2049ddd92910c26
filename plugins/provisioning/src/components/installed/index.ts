export * from './Answer';
export * from './notInstalled';
