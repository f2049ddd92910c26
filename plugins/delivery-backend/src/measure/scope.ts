import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  RELATION_HAS_PART,
  RELATION_OWNER_OF,
  RELATION_PARENT_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { ANNOTATION_DELIVERY_SAMPLE } from '@fawkes/backstage-plugin-delivery-common';
import type { NamedEntity } from '@fawkes/backstage-plugin-delivery-common';
import type { ServiceAccess } from '../permissions/access';
import type { DeliveryServiceFilter } from '../permissions/rules';

/** A service the caller may see. */
export interface VisibleService extends NamedEntity {
  /** Ref of the owner; null without one. */
  owner: string | null;
  sample: boolean;
}

/** A question's scope, as far as the caller may see it. */
export interface Scope {
  entities: NamedEntity[];
  services: VisibleService[];
  /** Exactly one Component was asked for. */
  single: boolean;
}

const FIELDS = ['kind', 'metadata', 'spec.owner', 'spec.type', 'relations'];
const PAGE = 500;

/** Resolves scopes through the catalog, with the caller's own permissions. */
export class ScopeResolver {
  constructor(
    private readonly catalog: CatalogService,
    private readonly access: ServiceAccess,
  ) {}

  /**
   * The services behind entity refs; no refs = everything the caller sees.
   *
   * @throws NotFoundError when an entity does not exist or is hidden from the
   *   caller: the answer is the same, so that it tells nothing
   */
  async resolve(
    refs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<Scope> {
    const permitted = await this.access.readable(credentials);
    if (refs.length === 0) {
      const services = await this.#components(
        { kind: 'Component' },
        credentials,
      );
      return {
        entities: [],
        services: services.map(toService).filter(permitted),
        single: false,
      };
    }
    const found = await this.#entities(refs, permitted, credentials);
    const services = new Map<string, VisibleService>();
    for (const entity of found) {
      for (const service of await this.#servicesOf(entity, credentials)) {
        services.set(service.ref, service);
      }
    }
    const visible = [...services.values()].filter(permitted);
    const single = found.length === 1 && isComponent(found[0]);
    return { entities: found.map(toNamed), services: visible, single };
  }

  /** Those of the services the caller may see; hidden and unknown ones are left out. */
  async visible(
    refs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<VisibleService[]> {
    const permitted = await this.access.readable(credentials);
    if (refs.length === 0) return [];
    const { items } = await this.catalog.getEntitiesByRefs(
      { entityRefs: [...refs], fields: FIELDS },
      { credentials },
    );
    return items
      .filter(entity => entity !== undefined)
      .filter(isComponent)
      .map(toService)
      .filter(permitted);
  }

  /**
   * The question which of some services a caller may see, for one answer: each
   * service is looked up once, however often it is asked for.
   */
  visibleTo(
    credentials: BackstageCredentials,
  ): (refs: readonly string[]) => Promise<ReadonlySet<string>> {
    const known = new Map<string, boolean>();
    return async refs => {
      const fresh = [...new Set(refs)].filter(ref => !known.has(ref));
      const services = await this.visible(fresh, credentials);
      const seen = new Set(services.map(service => service.ref));
      fresh.forEach(ref => known.set(ref, seen.has(ref)));
      return new Set(refs.filter(ref => known.get(ref)));
    };
  }

  /**
   * What is named is answered for or refused, never left out. The first that is
   * refused is told, whichever way it is hidden.
   */
  async #entities(
    refs: readonly string[],
    permitted: DeliveryServiceFilter,
    credentials: BackstageCredentials,
  ): Promise<Entity[]> {
    const { items } = await this.catalog.getEntitiesByRefs(
      { entityRefs: [...refs], fields: FIELDS },
      { credentials },
    );
    return items.map((entity, index) => {
      if (!entity || (isComponent(entity) && !permitted(toService(entity)))) {
        throw hidden(refs[index]);
      }
      return entity;
    });
  }

  async #servicesOf(
    root: Entity,
    credentials: BackstageCredentials,
  ): Promise<VisibleService[]> {
    if (isComponent(root)) return [toService(root)];
    const seen = new Set([stringifyEntityRef(root)]);
    const services: VisibleService[] = [];
    let level = [root];
    while (level.length > 0) {
      const next = new Set<string>();
      for (const entity of level) {
        for (const ref of partsOf(entity)) {
          if (!seen.has(ref)) next.add(ref);
          seen.add(ref);
        }
      }
      if (next.size === 0) break;
      const { items } = await this.catalog.getEntitiesByRefs(
        { entityRefs: [...next], fields: FIELDS },
        { credentials },
      );
      const entities = items.filter(entity => entity !== undefined);
      services.push(...entities.filter(isComponent).map(toService));
      level = entities.filter(entity => !isComponent(entity));
    }
    return services;
  }

  async #components(
    filter: Record<string, string>,
    credentials: BackstageCredentials,
  ): Promise<Entity[]> {
    const entities: Entity[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.catalog.queryEntities(
        cursor
          ? { cursor, limit: PAGE }
          : { filter, fields: FIELDS, limit: PAGE },
        { credentials },
      );
      entities.push(...page.items);
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
    return entities;
  }
}

const DOWNWARD: Record<string, readonly string[]> = {
  system: [RELATION_HAS_PART],
  domain: [RELATION_HAS_PART],
  group: [RELATION_OWNER_OF, RELATION_PARENT_OF],
  user: [RELATION_OWNER_OF],
};

const FOLLOWED = /^(component|system|domain|group):/;

/** What an entity consists of; a group consists of what it and its children own. */
function partsOf(entity: Entity): string[] {
  const types = DOWNWARD[entity.kind.toLowerCase()] ?? [];
  return (entity.relations ?? [])
    .filter(relation => types.includes(relation.type))
    .map(relation => relation.targetRef.toLowerCase())
    .filter(ref => FOLLOWED.test(ref));
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
  const owner = entity.relations?.find(({ type }) => type === 'ownedBy');
  return {
    ...toNamed(entity),
    owner: owner?.targetRef ?? null,
    sample:
      entity.metadata.annotations?.[ANNOTATION_DELIVERY_SAMPLE] === 'true',
  };
}

function hidden(ref: string): NotFoundError {
  return new NotFoundError(
    `There is no entity '${ref}', or you may not see it; check the reference in the catalog`,
  );
}
