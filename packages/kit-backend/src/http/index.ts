/**
 * Routes as data, served the same way by every family.
 *
 * @packageDocumentation
 */
export * from './audited';
export { correlationOf } from './correlation';
export * from './errors';
export * from './inFlight';
export * from './jsonItems';
export * from './pluginClient';
export * from './jsonLines';
export * from './readiness';
export * from './refusals';
export { Answered } from './sendAnswer';
export * from './serveFamily';
export * from './serveRoutes';
