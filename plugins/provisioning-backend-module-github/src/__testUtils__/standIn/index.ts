export { StandIn, TOKEN, type Call, type Fault } from './standIn';
export { commitFiles, mergePull, US, type StoredRepository } from './state';
