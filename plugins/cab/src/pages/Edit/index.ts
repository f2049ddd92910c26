export * from './EditPage';
