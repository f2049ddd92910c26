/**
 * What other plugins and modules may build on: the extension point for
 * sources, and what sources map with.
 *
 * @packageDocumentation
 */
export * from './checkPart';
export * from './claims';
export * from './extensions';
export * from './identity';
export * from './source';
