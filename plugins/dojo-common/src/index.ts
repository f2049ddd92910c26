/**
 * The domain of the dojo as others see it: routes, permissions, events and words.
 * What is worked out is behind `./rules`.
 *
 * @packageDocumentation
 */
export * from './contract';
export * from './events';
export * from './permissions';
export * from './words';
