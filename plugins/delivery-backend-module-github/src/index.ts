/**
 * GitHub webhooks as delivery events.
 *
 * @packageDocumentation
 */
export { createGithubSource, type GithubSourceOptions } from './githubSource';
export { readGithubSourceOptions } from './config';
export { deliveryModuleGithub as default } from './module';
