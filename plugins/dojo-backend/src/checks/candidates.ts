import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NamedEntity } from '@fawkes/kit-contract';

/** What checks ask the catalog. */
export type LabCatalog = Pick<
  CatalogService,
  'getEntitiesByRefs' | 'streamEntities'
>;

const FIELDS = ['kind', 'metadata', 'spec', 'relations'];

/**
 * Entities the learner sees, one page of them: enough to choose from.
 *
 * @param filter - as the catalog has it
 */
export async function candidates(
  catalog: LabCatalog,
  filter: Record<string, string>,
  credentials: BackstageCredentials,
): Promise<Entity[]> {
  const pages = catalog.streamEntities(
    { filter, fields: FIELDS },
    { credentials },
  );
  for await (const page of pages) return page;
  return [];
}

/** Entities by their refs, as far as the learner sees them. */
export async function seen(
  catalog: LabCatalog,
  refs: readonly string[],
  credentials: BackstageCredentials,
): Promise<Entity[]> {
  if (refs.length === 0) return [];
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs: [...refs], fields: FIELDS },
    { credentials },
  );
  return items.filter((entity): entity is Entity => entity !== undefined);
}

/** Refs an entity has a relation to. */
export function related(entity: Entity, type: string): string[] {
  const relations = entity.relations ?? [];
  return relations
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef);
}

/** The one chance puts first. */
export function firstBy<T>(
  all: readonly T[],
  rank: (candidate: T) => string,
): T | undefined {
  return [...all].sort((a, b) => (rank(a) < rank(b) ? -1 : 1))[0];
}

/** An entity by ref and name. */
export function named(entity: Entity): NamedEntity {
  return {
    ref: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
  };
}

/** Its page in the portal. */
export function pageOf({ kind, metadata }: Entity): string {
  const parts = [metadata.namespace ?? 'default', kind, metadata.name];
  return `/catalog/${parts.map(part => part.toLowerCase()).join('/')}`;
}
