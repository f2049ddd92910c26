export { DeploymentList, type DeploymentListProps } from './DeploymentList';
export { FactBadges, type ShownDeployment } from './FactBadges';
export { OutcomeLabel } from './OutcomeLabel';
export { instantOf, nameOf, type Outcome, outcomeOf } from './outcome';
export { RebuildNote } from './RebuildNote';
export { type DeliveryPaths, usePaths } from './usePaths';
