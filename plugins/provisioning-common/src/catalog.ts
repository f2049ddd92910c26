/** Id of the request a component comes from. @public */
export const ANNOTATION_PROVISIONING_REQUEST =
  'fawkes.dev/provisioning-request';
/** Name of the template a component was made from, or a template's own name. @public */
export const ANNOTATION_TEMPLATE = 'fawkes.dev/template';
/** Semantic version of that template. @public */
export const ANNOTATION_TEMPLATE_VERSION = 'fawkes.dev/template-version';
/** Digest of the tree of that template. @public */
export const ANNOTATION_TEMPLATE_TREE = 'fawkes.dev/template-tree';
/** Marks what ends by itself after practice. @public */
export const ANNOTATION_PRACTICE = 'fawkes.dev/provisioning-practice';

/** Commit trailer with the id of the request: how we know our own commits again. @public */
export const TRAILER_REQUEST = 'Fawkes-Request';
/** Commit trailer with `name@version`. @public */
export const TRAILER_TEMPLATE = 'Fawkes-Template';
/** Commit trailer with the bundle digest of what was written. @public */
export const TRAILER_BUNDLE = 'Fawkes-Bundle';

/** Branches below are ours: pushes to them are refused. @public */
export const OWN_BRANCH_PREFIX = 'fawkes/';

/** Host under which local repositories are known; nobody resolves it. @public */
export const LOCAL_REPOSITORY_HOST = 'portal.local';
/** Source of what the local deployer tells the delivery plugin. @public */
export const LOCAL_DEPLOYER_SOURCE = 'local-deployer';
/** Environment of local deployments. @public */
export const LOCAL_ENVIRONMENT = 'local';

/** The branch an update is proposed on. @public */
export function updateBranch(revision: number): string {
  return `${OWN_BRANCH_PREFIX}update-${revision}`;
}
