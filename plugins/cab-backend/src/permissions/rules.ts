import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_CHANGE } from '@fawkes/backstage-plugin-cab-common';
import {
  ownerRule,
  type Owned,
  type ResourceFilter,
} from '@fawkes/kit-backend/access';

/**
 * What change requests are about, as permission rules see it.
 * @public
 */
export type CabEntity = Owned;

/** A filter a rule turns into. @public */
export type CabEntityFilter = ResourceFilter<CabEntity>;

/**
 * The resource conditional permissions of change approval apply to: the entity
 * that is to be changed.
 * @public
 */
export const cabEntityResourceRef = createPermissionResourceRef<
  CabEntity,
  CabEntityFilter
>().with({ pluginId: 'cab', resourceType: RESOURCE_TYPE_CHANGE });

/** Allows entities that one of the given groups or users owns. */
const isOwner = createPermissionRule({
  resourceRef: cabEntityResourceRef,
  ...ownerRule('entities'),
});

export const cabEntityRules = { isOwner };

const exported = createConditionExports({
  resourceRef: cabEntityResourceRef,
  rules: cabEntityRules,
});

/** Conditions for permission policies. @public */
export const cabEntityConditions = exported.conditions;

/** Makes a conditional decision about a change approval permission. @public */
export const createCabEntityConditionalDecision =
  exported.createConditionalDecision;
