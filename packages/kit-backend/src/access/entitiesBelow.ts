import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';

/** Which way down leads from an entity. @public */
export interface Downward {
  /** Relations that are followed, by kind in lower case. */
  relations: Readonly<Record<string, readonly string[]>>;
  /** Kinds that are followed or found; others are left out. */
  kinds: readonly string[];
}

/**
 * Everything an entity consists of, level by level, itself not included. Each
 * entity is visited once, so circles end.
 * @public
 */
export async function entitiesBelow(
  root: Entity,
  { relations, kinds }: Downward,
  load: (refs: string[]) => Promise<ReadonlyMap<string, Entity>>,
): Promise<Entity[]> {
  const seen = new Set([stringifyEntityRef(root)]);
  const found: Entity[] = [];
  let level = [root];
  while (level.length > 0) {
    const next = new Set<string>();
    for (const entity of level) {
      const types = relations[entity.kind.toLowerCase()] ?? [];
      for (const { type, targetRef } of entity.relations ?? []) {
        const ref = targetRef.toLowerCase();
        if (!types.includes(type) || seen.has(ref)) continue;
        if (!kinds.includes(ref.split(':')[0])) continue;
        seen.add(ref);
        next.add(ref);
      }
    }
    level = next.size > 0 ? [...(await load([...next])).values()] : [];
    found.push(...level);
  }
  return found;
}
