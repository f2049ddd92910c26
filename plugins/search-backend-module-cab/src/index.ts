/**
 * Change requests in the search of the portal.
 *
 * @packageDocumentation
 */
export { searchModuleCab as default } from './module';
