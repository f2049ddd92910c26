/** Most commits of an explicit list, of a push or of a pull request. */
export const MAX_COMMITS = 10_000;
/** Most repositories of one deployment. */
export const MAX_PARTS = 100;
/** Most touched files of one commit. */
export const MAX_PATHS = 5_000;
/** Most parents of one commit; the largest merge anybody knows has 66. */
export const MAX_PARENTS = 1_000;
