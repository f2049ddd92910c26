import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_SERVICE } from '@fawkes/backstage-plugin-delivery-common';

/** What a test lets its caller do; everything that is not named is allowed. */
export type Policy = Map<
  string,
  'deny' | PermissionCriteria<PermissionCondition>
>;

/** The permission service that carries a {@link Policy} out. */
export function policedPermissions(
  policy: Policy,
): Pick<PermissionsService, 'authorize' | 'authorizeConditional'> {
  return {
    authorize: async requests =>
      requests.map(({ permission }) => ({
        result:
          policy.get(permission.name) === undefined
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      })),
    authorizeConditional: async requests =>
      requests.map(({ permission }) => {
        const decision = policy.get(permission.name);
        if (decision === undefined) return { result: AuthorizeResult.ALLOW };
        if (decision === 'deny') return { result: AuthorizeResult.DENY };
        return {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'delivery',
          resourceType: RESOURCE_TYPE_SERVICE,
          conditions: decision,
        };
      }),
  };
}
