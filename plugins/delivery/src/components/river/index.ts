export { DeploymentRiver, type DeploymentRiverProps } from './DeploymentRiver';
