/**
 * Modules and lessons of the dojo in the search of the portal.
 *
 * @packageDocumentation
 */
export { searchModuleDojo as default } from './module';
