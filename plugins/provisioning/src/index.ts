/**
 * Services from the portal: from a form to a running service, and back to nothing.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export {
  createProvisioningClient,
  provisioningApiRef,
  type ProvisioningApi,
} from './api';
export { provisioningTranslationRef } from './translation';
