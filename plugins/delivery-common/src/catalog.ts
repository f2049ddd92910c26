/** `owner/name` on GitHub; people already have it. @public */
export const ANNOTATION_GITHUB_SLUG = 'github.com/project-slug';
/** `group/name` on GitLab. @public */
export const ANNOTATION_GITLAB_SLUG = 'gitlab.com/project-slug';
/**
 * Comma-separated patterns: the part of a shared repository a service lives in.
 * @public
 */
export const ANNOTATION_DELIVERY_PATHS = 'fawkes.dev/delivery-paths';
/** Comma-separated names of the production environments of a service. @public */
export const ANNOTATION_DELIVERY_ENVIRONMENTS =
  'fawkes.dev/delivery-environments';
/**
 * Comma-separated repositories of a service, on any host (`git.acme.io/acme/shop`).
 * @public
 */
export const ANNOTATION_DELIVERY_REPOSITORIES =
  'fawkes.dev/delivery-repositories';
/**
 * What repositories of a service were called before: `old new`, one a line.
 * @public
 */
export const ANNOTATION_DELIVERY_FORMER_REPOSITORIES =
  'fawkes.dev/delivery-former-repositories';
/**
 * Comma-separated rules: which changes of bots count for a service.
 * @public
 */
export const ANNOTATION_DELIVERY_BOTS = 'fawkes.dev/delivery-bots';
/**
 * Comma-separated rules: which incidents of a service count.
 * @public
 */
export const ANNOTATION_DELIVERY_INCIDENTS = 'fawkes.dev/delivery-incidents';
/** Marks an entity as part of the sample organisation. @public */
export const ANNOTATION_DELIVERY_SAMPLE = 'fawkes.dev/delivery-sample';

/**
 * Longest value of these annotations that is read, in UTF-16 code units.
 * @public
 */
export const MAX_ANNOTATION = 4_096;
/** Most values one of these annotations may list. @public */
export const MAX_LISTED = 50;

/** Production when nothing else says so, any case. @public */
export const DEFAULT_PRODUCTION = /^(prod|production)$/i;

/** Labels of pull requests that mend what is broken, unless configured otherwise. @public */
export const DEFAULT_HOTFIX_LABEL = /^hotfix$/i;
/** Branches of such pull requests, unless configured otherwise. @public */
export const DEFAULT_HOTFIX_BRANCH = /^hotfix[/-]/i;
