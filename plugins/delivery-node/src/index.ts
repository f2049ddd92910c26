/**
 * What other plugins and modules may build on: the extension point for
 * sources.
 *
 * @packageDocumentation
 */
export * from './extensions';
export * from './source';
