import type {
  AuthService,
  PermissionsRegistryService,
} from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import { deliveryServiceResourceRef, deliveryServiceRules } from './rules';

/** Tells the permission framework what there is to permit, and by which rules. */
export function registerPermissions(
  registry: PermissionsRegistryService,
  permissions: readonly Permission[],
  { catalog, auth }: { catalog: CatalogService; auth: AuthService },
): void {
  registry.addPermissions(
    permissions.filter(permission => !isResourcePermission(permission)),
  );
  registry.addResourceType({
    resourceRef: deliveryServiceResourceRef,
    permissions: permissions.filter(permission =>
      isResourcePermission(permission),
    ),
    rules: Object.values(deliveryServiceRules),
    getResources: async refs => {
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs: refs, fields: ['kind', 'metadata', 'relations'] },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      return items.map((entity, index) =>
        entity
          ? {
              ref: refs[index],
              owner:
                entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
                  ?.targetRef ?? null,
            }
          : undefined,
      );
    },
  });
}
