import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of a request; the resource ref is its id. Rules know its owner
 * group, its requester, and whether it is for practice.
 * @public
 */
export const RESOURCE_TYPE_REQUEST = 'provisioning-request';

/** Ask for something. Whether the owner is yours is decided by the use case. @public */
export const provisioningRequestCreatePermission = createPermission({
  name: 'provisioning.request.create',
  attributes: { action: 'create' },
});

/** See what would happen. @public */
export const provisioningRequestPlanPermission = createPermission({
  name: 'provisioning.request.plan',
  attributes: { action: 'read' },
});

/** See a request and what belongs to it. @public */
export const provisioningRequestReadPermission = createPermission({
  name: 'provisioning.request.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_REQUEST,
});

/** Update, retry, cancel, merge, start, stop, hand over. @public */
export const provisioningRequestUpdatePermission = createPermission({
  name: 'provisioning.request.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_REQUEST,
});

/** Deploy and go back. @public */
export const provisioningRequestDeployPermission = createPermission({
  name: 'provisioning.request.deploy',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_REQUEST,
});

/** Take down what was made. @public */
export const provisioningRequestDestroyPermission = createPermission({
  name: 'provisioning.request.destroy',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_REQUEST,
});

/** Delete a repository that would be archived. @public */
export const provisioningRequestPurgePermission = createPermission({
  name: 'provisioning.request.purge',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_REQUEST,
});

/**
 * The platform group's: the operator page, force, forget, pause, and asking for
 * other groups.
 * @public
 */
export const provisioningRequestOperatePermission = createPermission({
  name: 'provisioning.request.operate',
  attributes: { action: 'update' },
});

/** Every permission of the provisioning plugin. @public */
export const provisioningPermissions = [
  provisioningRequestCreatePermission,
  provisioningRequestPlanPermission,
  provisioningRequestReadPermission,
  provisioningRequestUpdatePermission,
  provisioningRequestDeployPermission,
  provisioningRequestDestroyPermission,
  provisioningRequestPurgePermission,
  provisioningRequestOperatePermission,
];
