export { bundleInto } from './attic';
export {
  checkOut,
  CheckoutRefused,
  digestOf,
  type CheckedOutFile,
  type Checkout,
} from './checkout';
export {
  ensureTree,
  lookUp,
  type Ensured,
  type EnsureRequest,
  type Found,
} from './ensure/ensure';
export type { RemoteRepository } from './ensure/remote';
export type { CommitWords, NewFile, NewTree } from './ensure/scratch';
export {
  GitRemote,
  type Access,
  type AccessQuestion,
  type GitRemoteOptions,
  type Pushed,
} from './gitRemote';
export {
  commitsBetween,
  commitsOfAll,
  hasCommit,
  mainCommits,
  findByTrailer,
  type Commit,
  type Commits,
} from './history';
export { mergeUpdate, type Merged, type MergeRequest } from './merge';
export { movesSince, ownMoves, type Move } from './moves';
export type { Person, Signature } from './person';
export { probeGit, type FoundGit } from './probeGit';
export {
  isAncestor,
  readFileAt,
  TooMuchError,
  type ReadFault,
  type ReadFile,
} from './read';
export {
  rangeOf,
  type NamingCommit,
  type Range,
  type RangeBounds,
} from './range';
export {
  createRepository,
  deleteBranch,
  deleteRepository,
  sizeOf,
  tidyRepositories,
  tipsBelow,
  tipOf,
  treeOf,
} from './repository';
export {
  changeTree,
  commitTree,
  filesAt,
  keepCommit,
  moveBranch,
  type FileAt,
  type TreeChanges,
} from './trees';
