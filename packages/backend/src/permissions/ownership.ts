import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import {
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import { RESOURCE_TYPE_SCAFFOLDER_TASK } from '@backstage/plugin-scaffolder-common/alpha';
import {
  cabEntityConditions,
  cabEntityResourceRef,
  createCabEntityConditionalDecision,
} from '@fawkes/backstage-plugin-cab-backend/alpha';
import {
  createDeliveryServiceConditionalDecision,
  deliveryServiceConditions,
  deliveryServiceResourceRef,
} from '@fawkes/backstage-plugin-delivery-backend/alpha';
import {
  createProvisioningRequestConditionalDecision,
  provisioningRequestConditions,
  provisioningRequestResourceRef,
} from '@fawkes/backstage-plugin-provisioning-backend/alpha';

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
  if (
    isResourcePermission(permission, deliveryServiceResourceRef.resourceType)
  ) {
    return createDeliveryServiceConditionalDecision(
      permission,
      deliveryServiceConditions.isOwner({ owners: person.ownershipEntityRefs }),
    );
  }
  if (isResourcePermission(permission, cabEntityResourceRef.resourceType)) {
    return createCabEntityConditionalDecision(
      permission,
      cabEntityConditions.isOwner({ owners: person.ownershipEntityRefs }),
    );
  }
  if (
    isResourcePermission(
      permission,
      provisioningRequestResourceRef.resourceType,
    )
  ) {
    return createProvisioningRequestConditionalDecision(permission, {
      anyOf: [
        provisioningRequestConditions.isOwner({
          owners: person.ownershipEntityRefs,
        }),
        provisioningRequestConditions.isRequester({
          users: [person.userEntityRef],
        }),
      ],
    });
  }
  return undefined;
}
