import type { AuthService } from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { z } from 'zod';
import type { ResourceFilter } from './viewer';

/** Something with an owner, as permission rules see it. @public */
export interface Owned {
  /** What conditions and decisions call it; an entity ref for entities. */
  ref: string;
  /** Entity ref of its owner; null without one. */
  owner: string | null;
}

/**
 * The rule IS_OWNER for a resource type, to be handed to `createPermissionRule`
 * with its `resourceRef`.
 *
 * @param plural - what people call the resources: `services`
 * @public
 */
export function ownerRule(plural: string) {
  return {
    name: 'IS_OWNER',
    description: `Allows ${plural} owned by one of the given users or groups`,
    paramsSchema: z.object({
      owners: z.array(z.string()).describe('Entity refs of users and groups'),
    }),
    ...filterRule<{ owners: string[] }>(
      (resource, { owners }) =>
        resource.owner !== null && owners.includes(resource.owner),
    ),
  };
}

/**
 * Both forms of a rule from one: deciding about a resource and filtering a list
 * cannot drift apart.
 * @public
 */
export function filterRule<Params>(
  covers: (resource: Owned, params: Params) => boolean,
) {
  return {
    apply: covers,
    toQuery:
      (params: Params): ResourceFilter<Owned> =>
      resource =>
        covers(resource, params),
  };
}

/** The owner of an entity; null without one. @public */
export function ownerOf(entity: Entity): string | null {
  return (
    entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
      ?.targetRef ?? null
  );
}

/** Loads entities as resources, as the plugin itself sees the catalog. @public */
export function ownedEntities(services: {
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  auth: AuthService;
}): (refs: string[]) => Promise<Array<Owned | undefined>> {
  return async refs => {
    const { items } = await services.catalog.getEntitiesByRefs(
      { entityRefs: refs, fields: ['kind', 'metadata', 'relations'] },
      { credentials: await services.auth.getOwnServiceCredentials() },
    );
    return items.map((entity, index) =>
      entity ? { ref: refs[index], owner: ownerOf(entity) } : undefined,
    );
  };
}
