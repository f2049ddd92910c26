/**
 * The domain of the delivery plugin: canonical events, facts, the HTTP
 * contract, permissions and the pure calculations behind every number.
 *
 * @packageDocumentation
 */
export * from './announcements';
export * from './catalog';
export * from './contract';
export * from './derive';
export * from './events';
export * from './facts';
export * from './metrics';
export * from './permissions';
