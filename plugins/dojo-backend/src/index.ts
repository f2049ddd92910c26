/**
 * The dojo backend.
 *
 * @packageDocumentation
 */
export { dojoPlugin as default } from './plugin';
