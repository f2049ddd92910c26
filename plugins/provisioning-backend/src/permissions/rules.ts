import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_REQUEST } from '@fawkes/backstage-plugin-provisioning-common';
import {
  filterRule,
  ownerRule,
  type Owned,
  type ResourceFilter,
} from '@fawkes/kit-backend/access';
import { z } from 'zod';

/** A request as permission rules see it; its `ref` is its id. @public */
export interface OwnedRequest extends Owned {
  /** Entity ref of who asked for it. */
  requester: string;
  /** Made to learn with. */
  practice: boolean;
}

/** A filter a rule turns into; the backend applies it to rows. @public */
export type RequestFilter = ResourceFilter<OwnedRequest>;

/**
 * The resource conditional permissions of the provisioning plugin apply to.
 * @public
 */
export const provisioningRequestResourceRef = createPermissionResourceRef<
  OwnedRequest,
  RequestFilter
>().with({ pluginId: 'provisioning', resourceType: RESOURCE_TYPE_REQUEST });

/** Allows requests that one of the given groups owns. */
const isOwner = createPermissionRule({
  resourceRef: provisioningRequestResourceRef,
  ...ownerRule('requests'),
});

/** Allows requests that one of the given people asked for. */
const isRequester = createPermissionRule({
  name: 'IS_REQUESTER',
  description: 'Allows requests that one of the given users asked for',
  resourceRef: provisioningRequestResourceRef,
  paramsSchema: z.object({
    users: z.array(z.string()).describe('Entity refs of users'),
  }),
  apply: ({ requester }, { users }) => users.includes(requester),
  toQuery:
    ({ users }) =>
    ({ requester }: OwnedRequest) =>
      users.includes(requester),
});

/** Allows requests that were made to learn with. */
const isPractice = createPermissionRule({
  name: 'IS_PRACTICE',
  description: 'Allows requests that were made for practice',
  resourceRef: provisioningRequestResourceRef,
  paramsSchema: z.object({}),
  apply: ({ practice }) => practice,
  toQuery:
    () =>
    ({ practice }: OwnedRequest) =>
      practice,
});

/** Allows the requests that are named. */
const isRequest = createPermissionRule({
  name: 'IS_REQUEST',
  description: 'Allows the requests with the given ids',
  resourceRef: provisioningRequestResourceRef,
  paramsSchema: z.object({
    ids: z.array(z.string()).describe('Ids of requests'),
  }),
  ...filterRule<{ ids: string[] }>(({ ref }, { ids }) => ids.includes(ref)),
});

export const provisioningRequestRules = {
  isOwner,
  isRequester,
  isPractice,
  isRequest,
};

const exported = createConditionExports({
  resourceRef: provisioningRequestResourceRef,
  rules: provisioningRequestRules,
});

/** Conditions for permission policies. @public */
export const provisioningRequestConditions = exported.conditions;

/** Makes a conditional decision about a provisioning permission. @public */
export const createProvisioningRequestConditionalDecision =
  exported.createConditionalDecision;
