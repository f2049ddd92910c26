/**
 * Change approval on the catalog entity: may this ship, who said so, and why.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export { cabApiRef, createCabClient, type CabApi } from './api';
export { cabTranslationRef } from './translation';
