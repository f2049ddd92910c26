/**
 * What other modules of the provisioning plugin build on: templates from disk,
 * their rendering, and the extension point that takes them.
 *
 * @packageDocumentation
 */
export * from './driver';
export * from './extensions';
export * from './managed';
export * from './places';
export * from './render';
export { provisioningServiceRef, type ProvisioningService } from './service';
export * from './template';
