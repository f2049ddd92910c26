/**
 * The change approval backend.
 *
 * @packageDocumentation
 */
export { cabPlugin as default } from './plugin';
