export { chainHashOf, FIRST_PREV, leafHashOf } from './chain';
export * from './note';
export * from './tree';
