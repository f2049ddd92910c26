import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isResourcePermission,
  type PermissionCondition,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';

/** What a test lets its caller do; everything that is not named is allowed. @public */
export type Policy = Map<
  string,
  'deny' | PermissionCriteria<PermissionCondition>
>;

/** The permission service that carries a {@link Policy} out. @public */
export function policedPermissions(
  pluginId: string,
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
        if (decision === 'deny' || !isResourcePermission(permission)) {
          return { result: AuthorizeResult.DENY };
        }
        return {
          result: AuthorizeResult.CONDITIONAL,
          pluginId,
          resourceType: permission.resourceType,
          conditions: decision,
        };
      }),
  };
}
