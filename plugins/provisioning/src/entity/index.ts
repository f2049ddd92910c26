export { EntityProvisioning } from './EntityProvisioning';
export { isProvisioningAvailable } from './requestOf';
