/**
 * Plain git history as delivery events.
 *
 * @packageDocumentation
 */
export { createGitSource, type GitSourceOptions } from './gitSource';
export { readGitSourceOptions, type GitRepository } from './config';
export { deliveryModuleGit as default } from './module';
