export { alternativesTo } from './alternatives';
export {
  MIG_BOARDS,
  type MigBoard,
  type MigEvidence,
  type MigProfile,
} from './boards';
export { boardOfPciId, boardsOfModel, normalPciId } from './findBoard';
export {
  judgeLayout,
  MOST_INSTANCES,
  type InconsistentWhy,
  type MigRefusal,
  type MigVerdict,
  type ReportedInstance,
} from './judge';
export { describeLayout, profileOf, type MigLayout } from './layout';
export { placeAll, type MigInstance } from './place';
export type { MigClass, MigShape, MigShapes } from './profiles';
