export * from './DojoApi';
