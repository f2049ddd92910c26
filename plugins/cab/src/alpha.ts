/**
 * The change approval plugin under the name apps with the new frontend system may
 * look for it.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
