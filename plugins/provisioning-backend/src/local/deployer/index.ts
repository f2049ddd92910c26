export type { BuildRequest, BuildSeconds, BuildStep, Built } from './build';
export type { Children } from './children';
export {
  Deployer,
  type Deployed,
  type DeployerOptions,
  type DeployRequest,
} from './deployer';
export {
  HEALTH_RULES,
  type HealthRules,
  type HealthTimes,
  type Unhealthy,
} from './health';
export type { ServiceRow, ServiceRows, StopReason } from './serviceState';
