/**
 * What GitHub is asked to do, as `what` of the words for its refusals; what it is
 * done to follows as `target`. Screens have their own text for each.
 * @public
 */
export const GITHUB_DEEDS = [
  'look at',
  'make the repository',
  'describe',
  'archive',
  'delete',
  'write to',
  'write files to',
  'write a commit to',
  'read a file of',
  'read the tree',
  'read the commit',
  'read the history of',
  'read the branch',
  'read the branches of',
  'rename the branch',
  'remove the branch',
  'protect the branch',
  'read the protection of',
  'take the protection off',
  'read the pull requests of',
  'close the pull request',
  'read whether pipelines may run in',
  'let pipelines run in',
  'look at the pipeline',
  'switch on the pipeline',
  'switch off the pipeline',
  'look what others left in',
] as const;
/** See {@link GITHUB_DEEDS}. @public */
export type GithubDeed = (typeof GITHUB_DEEDS)[number];

/**
 * What others left in a repository, as `what` of `github.others`; whose it is, or
 * where, follows as `who`.
 * @public
 */
export const GITHUB_LEFTOVERS = [
  'a fork of',
  'a push by',
  'a push by somebody to',
  'a history without our own push on',
  'an issue by',
  'a pull request by',
  'a star of',
  'too many pushes to look through in',
  'too many issues to look through in',
  'too many stars to look through of',
] as const;
/** See {@link GITHUB_LEFTOVERS}. @public */
export type GithubLeftover = (typeof GITHUB_LEFTOVERS)[number];
