export * from './ProvisioningApi';
