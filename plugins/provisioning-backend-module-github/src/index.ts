/**
 * GitHub as a place for repositories of the provisioning plugin.
 *
 * @packageDocumentation
 */
export { provisioningModuleGithub as default } from './module';
