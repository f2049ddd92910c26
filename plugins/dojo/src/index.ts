/**
 * Learning in Backstage: lessons, quizzes and belts.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export { createDojoClient, dojoApiRef, type DojoApi } from './api';
export { dojoTranslationRef } from './translation';
