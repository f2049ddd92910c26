/**
 * Plain git history as delivery events.
 *
 * @packageDocumentation
 */
export { readGitSourceOptions } from './config';
export { createGitSource } from './gitSource';
export type { GitRepository, GitSourceOptions } from './options';
export { deliveryModuleGit as default } from './module';
