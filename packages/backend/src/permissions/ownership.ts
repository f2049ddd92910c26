import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import { RESOURCE_TYPE_SCAFFOLDER_TASK } from '@backstage/plugin-scaffolder-common/alpha';

/**
 * The decision "only what is theirs", which the plugin that keeps the resource carries out with a
 * rule of its own; undefined for resources without an owner.
 *
 * @param person - the person's own reference, and all references they own things as
 */
export function onlyOwned(
  permission: Permission,
  person: { userEntityRef: string; ownershipEntityRefs: string[] },
): PolicyDecision | undefined {
  if (isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY)) {
    return createCatalogConditionalDecision(
      permission,
      catalogConditions.isEntityOwner({ claims: person.ownershipEntityRefs }),
    );
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_SCAFFOLDER_TASK)) {
    return createScaffolderTaskConditionalDecision(
      permission,
      scaffolderTaskConditions.isTaskOwner({
        createdBy: [person.userEntityRef],
      }),
    );
  }
  if (isResourcePermission(permission, 'delivery-service')) {
    // Spelled out, so that the portal's policy does not depend on the plugin being installed.
    return {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'delivery',
      resourceType: permission.resourceType,
      conditions: {
        rule: 'IS_OWNER',
        resourceType: permission.resourceType,
        params: { owners: person.ownershipEntityRefs },
      },
    };
  }
  return undefined;
}
