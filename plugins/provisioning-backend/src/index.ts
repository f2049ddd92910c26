/**
 * The provisioning backend plugin.
 *
 * @packageDocumentation
 */
export { provisioningPlugin as default } from './plugin';
