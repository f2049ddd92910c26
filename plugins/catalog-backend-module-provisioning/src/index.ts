/**
 * Puts the services that the provisioning plugin made on its own computer into
 * the catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleProvisioning as default } from './module';
