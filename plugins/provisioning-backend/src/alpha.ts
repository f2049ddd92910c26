/**
 * For authors of permission policies.
 *
 * @packageDocumentation
 */
export {
  createProvisioningRequestConditionalDecision,
  provisioningRequestConditions,
  provisioningRequestResourceRef,
  type OwnedRequest,
  type RequestFilter,
} from './permissions/rules';
