/**
 * What other plugins and modules may build on: change approval as a service, and
 * the extension point for what Git providers know about a change.
 *
 * @packageDocumentation
 */
export * from './changeFacts';
export { cabServiceRef, type CabService } from './service';
