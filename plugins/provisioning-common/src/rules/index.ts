/**
 * The calculations of the provisioning family: digests, states, effects, quota,
 * drift, merge, access. Pure: no clock, no chance, no I/O.
 *
 * @packageDocumentation
 */
export * from './access';
export * from './commands';
export * from './computerWords';
export * from './conflict';
export * from './coreWords';
export * from './cost';
export * from './digests';
export * from './dockerfile';
export * from './drift';
export * from './effectGraph';
export * from './effectStates';
export * from './facts';
export * from './githubDeeds';
export * from './githubWords';
export * from './hash';
export * from './hostWords';
export { unifiedDiff } from './lines';
export * from './managed';
export * from './mergeText';
export * from './mergeTrees';
export * from './names';
export * from './normalise';
export * from './plan';
export * from './planDestroy';
export {
  planCreate,
  planDeploy,
  planUpdate,
  type EffectPlan,
} from './planEffects';
export * from './quota';
export * from './repository';
export * from './run';
export * from './service';
export * from './specDifference';
export * from './things';
export * from './wordTables';
export * from './words';
