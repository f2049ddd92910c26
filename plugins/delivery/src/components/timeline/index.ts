export { InstantList, type NamedInstant } from './InstantList';
export { ChangeStages, type StageTime } from './ChangeStages';
