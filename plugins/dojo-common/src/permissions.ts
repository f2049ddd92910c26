import { createPermission } from '@backstage/plugin-permission-common';

/** Look at belts, modules and lessons. @public */
export const dojoReadPermission = createPermission({
  name: 'dojo.read',
  attributes: { action: 'read' },
});

/**
 * Learn: keep progress and take quizzes. What a learner did stays theirs
 * whatever a policy answers; this can be taken away, and never widened.
 * @public
 */
export const dojoLearnPermission = createPermission({
  name: 'dojo.learn',
  attributes: { action: 'update' },
});

/** Review what others have handed in. @public */
export const dojoReviewPermission = createPermission({
  name: 'dojo.review',
  attributes: { action: 'update' },
});

/**
 * See as a lead what members of a team have done. Who leads a team is written on
 * its group; this can be taken away, and never widened.
 * @public
 */
export const dojoLeadPermission = createPermission({
  name: 'dojo.lead',
  attributes: { action: 'read' },
});

/** Every permission of the dojo. @public */
export const dojoPermissions = [
  dojoReadPermission,
  dojoLearnPermission,
  dojoReviewPermission,
  dojoLeadPermission,
];
