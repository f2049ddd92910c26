import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { createConditionExports } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_SERVICE } from '@fawkes/backstage-plugin-delivery-common';
import { z } from 'zod';

/** A service as permission rules see it. @public */
export interface DeliveryService {
  /** Entity ref of the Component. */
  ref: string;
  /** Entity ref of its owner; null without one. */
  owner: string | null;
}

/** A filter a rule turns into; the backend applies it to the catalog's answer. @public */
export type DeliveryServiceFilter = (service: DeliveryService) => boolean;

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
  name: 'IS_OWNER',
  description: 'Allows services owned by one of the given users or groups',
  resourceRef: deliveryServiceResourceRef,
  paramsSchema: z.object({
    owners: z.array(z.string()).describe('Entity refs of users and groups'),
  }),
  apply: (service, { owners }) => owned(service, owners),
  toQuery:
    ({ owners }) =>
    service =>
      owned(service, owners),
});

/** Allows the services that are named. */
const isService = createPermissionRule({
  name: 'IS_SERVICE',
  description: 'Allows the services with the given entity refs',
  resourceRef: deliveryServiceResourceRef,
  paramsSchema: z.object({
    services: z.array(z.string()).describe('Entity refs of Components'),
  }),
  apply: (service, { services }) => services.includes(service.ref),
  toQuery:
    ({ services }) =>
    service =>
      services.includes(service.ref),
});

function owned(service: DeliveryService, owners: readonly string[]): boolean {
  return service.owner !== null && owners.includes(service.owner);
}

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
