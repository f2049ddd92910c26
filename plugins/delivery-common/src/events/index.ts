export * from './change';
export * from './deliveryEvent';
export * from './deployment';
export * from './incident';
export { isMachineZero } from './machineZero';
export * from './parse';
export * from './workItem';
export { toServiceRef } from './primitives';
export { normaliseRepository } from './repositoryName';
