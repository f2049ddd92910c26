import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of what change requests are about; the resource ref is the entity
 * ref. Rules know its owner.
 * @public
 */
export const RESOURCE_TYPE_CHANGE = 'cab-change';

/** See change requests, of entities one may see. @public */
export const cabChangeReadPermission = createPermission({
  name: 'cab.change.read',
  attributes: { action: 'read' },
});

/** Ask for a change to an entity, and change or withdraw what was asked. @public */
export const cabChangeCreatePermission = createPermission({
  name: 'cab.change.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CHANGE,
});

/**
 * Vote. Whether a vote counts is a law and no permission: a policy may narrow it,
 * never widen it.
 * @public
 */
export const cabChangeVotePermission = createPermission({
  name: 'cab.change.vote',
  attributes: { action: 'update' },
});

/** Say something about a change request. @public */
export const cabChangeCommentPermission = createPermission({
  name: 'cab.change.comment',
  attributes: { action: 'update' },
});

/** Ask for an exception. Whether it is granted is for the security group. @public */
export const cabExceptionRequestPermission = createPermission({
  name: 'cab.exception.request',
  attributes: { action: 'create' },
});

/** Ask the gate; for pipelines. @public */
export const cabGateAskPermission = createPermission({
  name: 'cab.gate.ask',
  attributes: { action: 'read' },
});

/** Read the record of everything, and work out risks. @public */
export const cabRecordReadPermission = createPermission({
  name: 'cab.record.read',
  attributes: { action: 'read' },
});

/** Every permission of the change approval plugin. @public */
export const cabPermissions = [
  cabChangeReadPermission,
  cabChangeCreatePermission,
  cabChangeVotePermission,
  cabChangeCommentPermission,
  cabExceptionRequestPermission,
  cabGateAskPermission,
  cabRecordReadPermission,
];
