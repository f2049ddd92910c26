/**
 * Routes as data, served the same way by every family.
 *
 * @packageDocumentation
 */
export type { Note } from './audited';
export { correlationOf } from './correlation';
export {
  AwayError,
  isAway,
  PayloadTooLargeError,
  TooManyRequestsError,
} from './errors';
export { IN_FLIGHT, type InFlightLimits } from './inFlight';
export * from './jsonItems';
export * from './pluginClient';
export * from './jsonLines';
export * from './readiness';
export { REFUSALS, type RefusalLimits } from './refusals';
export { Answered } from './sendAnswer';
export * from './serveFamily';
export * from './serveRoutes';
