import {
  RELATION_HAS_PART,
  RELATION_OWNER_OF,
  RELATION_PARENT_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  ANNOTATION_DELIVERY_SAMPLE,
  deliveryMetricsReadPermission,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  hidden,
  ownerOf,
  type Downward,
  type Owned,
  type ResourceFilter,
  type Viewer,
} from '@fawkes/kit-backend/access';
import type { NamedEntity } from '@fawkes/kit-contract';

/** A service the viewer may see. */
export interface VisibleService extends NamedEntity, Owned {
  sample: boolean;
}

/** A question's scope, as far as the viewer may see it. */
export interface Scope {
  entities: NamedEntity[];
  services: VisibleService[];
  /** Exactly one Component was asked for. */
  single: boolean;
}

/** A group consists of what it and its children own. */
const DOWNWARD: Downward = {
  relations: {
    system: [RELATION_HAS_PART],
    domain: [RELATION_HAS_PART],
    group: [RELATION_OWNER_OF, RELATION_PARENT_OF],
    user: [RELATION_OWNER_OF],
  },
  kinds: ['component', 'system', 'domain', 'group'],
};

/**
 * The services behind entity refs; no refs = everything the viewer sees.
 *
 * @throws NotFoundError when an entity does not exist or is hidden from the
 *   viewer: the answer is the same, so that it tells nothing
 */
export async function resolveScope(
  refs: readonly string[],
  viewer: Viewer,
): Promise<Scope> {
  const permitted = await viewer.filter<Owned>(deliveryMetricsReadPermission);
  if (refs.length === 0) {
    const components = await viewer.every('Component');
    const services = components.map(toService).filter(permitted);
    return { entities: [], services, single: false };
  }
  const found = await named(refs, permitted, viewer);
  const services = new Map<string, VisibleService>();
  for (const entity of found) {
    const parts = isComponent(entity)
      ? [entity]
      : (await viewer.below(entity, DOWNWARD)).filter(isComponent);
    for (const part of parts.map(toService)) services.set(part.ref, part);
  }
  return {
    entities: found.map(toNamed),
    services: [...services.values()].filter(permitted),
    single: found.length === 1 && isComponent(found[0]),
  };
}

/** Those of the services the viewer may see; hidden and unknown ones are left out. */
export async function visibleServices(
  refs: readonly string[],
  viewer: Viewer,
): Promise<VisibleService[]> {
  const permitted = await viewer.filter<Owned>(deliveryMetricsReadPermission);
  const entities = await viewer.entities(refs);
  return [...entities.values()]
    .filter(isComponent)
    .map(toService)
    .filter(permitted);
}

/** The question which of some services a viewer may see. */
export function visibleTo(
  viewer: Viewer,
): (refs: readonly string[]) => Promise<ReadonlySet<string>> {
  return async refs => {
    const services = await visibleServices(refs, viewer);
    return new Set(services.map(service => service.ref));
  };
}

/**
 * What is named is answered for or refused, never left out. The first that is
 * refused is told, whichever way it is hidden.
 */
async function named(
  refs: readonly string[],
  permitted: ResourceFilter<Owned>,
  viewer: Viewer,
): Promise<Entity[]> {
  const entities = await viewer.entities(refs);
  return refs.map(ref => {
    const entity = entities.get(ref);
    if (!entity || (isComponent(entity) && !permitted(toService(entity)))) {
      throw hidden(ref);
    }
    return entity;
  });
}

function isComponent(entity: Entity): boolean {
  return entity.kind.toLowerCase() === 'component';
}

function toNamed(entity: Entity): NamedEntity {
  return {
    ref: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
  };
}

function toService(entity: Entity): VisibleService {
  return {
    ...toNamed(entity),
    owner: ownerOf(entity),
    sample:
      entity.metadata.annotations?.[ANNOTATION_DELIVERY_SAMPLE] === 'true',
  };
}
