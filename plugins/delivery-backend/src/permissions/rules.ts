import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_SERVICE } from '@fawkes/backstage-plugin-delivery-common';
import {
  filterRule,
  ownerRule,
  type Owned,
  type ResourceFilter,
} from '@fawkes/kit-backend/access';
import { z } from 'zod';

/** A service as permission rules see it. @public */
export type DeliveryService = Owned;

/** A filter a rule turns into; the backend applies it to the catalog's answer. @public */
export type DeliveryServiceFilter = ResourceFilter<DeliveryService>;

/**
 * The resource conditional permissions of the delivery plugin apply to.
 * @public
 */
export const deliveryServiceResourceRef = createPermissionResourceRef<
  DeliveryService,
  DeliveryServiceFilter
>().with({ pluginId: 'delivery', resourceType: RESOURCE_TYPE_SERVICE });

/** Allows services that one of the given groups or users owns. */
const isOwner = createPermissionRule({
  resourceRef: deliveryServiceResourceRef,
  ...ownerRule('services'),
});

/** Allows the services that are named. */
const isService = createPermissionRule({
  name: 'IS_SERVICE',
  description: 'Allows the services with the given entity refs',
  resourceRef: deliveryServiceResourceRef,
  paramsSchema: z.object({
    services: z.array(z.string()).describe('Entity refs of Components'),
  }),
  ...filterRule<{ services: string[] }>(({ ref }, { services }) =>
    services.includes(ref),
  ),
});

export const deliveryServiceRules = { isOwner, isService };

const exported = createConditionExports({
  resourceRef: deliveryServiceResourceRef,
  rules: deliveryServiceRules,
});

/** Conditions for permission policies. @public */
export const deliveryServiceConditions = exported.conditions;

/** Makes a conditional decision about a delivery permission. @public */
export const createDeliveryServiceConditionalDecision =
  exported.createConditionalDecision;
