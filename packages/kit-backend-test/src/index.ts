/**
 * A family's backend in a test: the whole plugin behind HTTP, people and
 * policies, and the matrix of who may do what.
 *
 * @packageDocumentation
 */
export * from './accessMatrix';
export * from './effort';
export * from './migrations';
export * from './openApi';
export * from './permissions';
export * from './testBackend';
