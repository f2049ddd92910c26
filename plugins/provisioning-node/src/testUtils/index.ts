/**
 * Doubles of the provisioning plugin for the tests of plugins that ask it.
 *
 * @packageDocumentation
 */
export * from './fakeProvisioning';
export type { ProvisioningService } from '../service';
