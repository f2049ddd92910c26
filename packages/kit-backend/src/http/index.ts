/**
 * Routes as data, served the same way by every family.
 *
 * @packageDocumentation
 */
export { answerErrors } from './answerErrors';
export type { Note } from './audited';
export { bodyChunks } from './bodyChunks';
export { correlation, correlationOf } from './correlation';
export {
  AwayError,
  isAway,
  PayloadTooLargeError,
  TooManyRequestsError,
  UnsupportedMediaError,
} from './errors';
export * from './fakePluginService';
export { IN_FLIGHT, type InFlightLimits } from './inFlight';
export * from './jsonItems';
export * from './pluginClient';
export * from './pluginServiceRef';
export * from './jsonLines';
export * from './readiness';
export { Refusals, REFUSALS, type RefusalLimits } from './refusals';
export { Answered } from './sendAnswer';
export { KeptBytes } from './sendBytes';
export * from './serveFamily';
export * from './serveRoutes';
export { addressOf } from './whoAsks';
