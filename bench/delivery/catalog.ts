import {
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  parseEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { World } from './world';

/** A quarter of all services. */
export const QUARTER = 'domain:default/quarter';
/** All services but every hundredth: what somebody sees from whom some are hidden. */
export const MOST = 'domain:default/most';

/**
 * A catalog in memory that answers the two questions the backend asks. The
 * catalog's own time is not what is measured.
 */
export function catalogOf(world: World): CatalogService {
  const components = world.services.map(service =>
    entity(service.ref, { owner: service.team }, [
      [RELATION_OWNED_BY, service.team],
    ]),
  );
  const owned = new Map<string, string[]>();
  for (const { ref, team } of world.services) {
    owned.set(team, [...(owned.get(team) ?? []), ref]);
  }
  const groups = world.teams.map(team =>
    entity(
      team,
      {},
      (owned.get(team) ?? []).map(ref => [RELATION_OWNER_OF, ref]),
    ),
  );
  const part = (ref: string, takes: (index: number) => boolean) =>
    entity(
      ref,
      {},
      world.services
        .filter(({ index }) => takes(index))
        .map(service => [RELATION_HAS_PART, service.ref]),
    );
  const byRef = new Map(
    [
      ...components,
      ...groups,
      part(QUARTER, index => index % 4 === 1),
      part(MOST, index => index % 100 !== 50),
    ].map(item => [
      `${item.kind}:default/${item.metadata.name}`.toLowerCase(),
      item,
    ]),
  );
  const answers: Pick<CatalogService, 'getEntitiesByRefs' | 'streamEntities'> =
    {
      getEntitiesByRefs: async ({ entityRefs }) => ({
        items: entityRefs.map(ref => byRef.get(ref)),
      }),
      async *streamEntities() {
        for (let start = 0; start < components.length; start += 500) {
          yield components.slice(start, start + 500);
        }
      },
    };
  return answers as CatalogService;
}

function entity(
  ref: string,
  spec: Record<string, string>,
  relations: Array<[type: string, targetRef: string]>,
): Entity {
  const { kind, namespace, name } = parseEntityRef(ref);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kind.charAt(0).toUpperCase() + kind.slice(1),
    metadata: { namespace, name },
    spec: { type: 'service', lifecycle: 'production', ...spec },
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}
