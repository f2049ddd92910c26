import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_CAB_PRIVILEGED,
  ANNOTATION_CAB_TIER,
  LOWER_TIERS,
  TIER_1,
} from '@fawkes/backstage-plugin-cab-common';
import { ownerOf } from '@fawkes/kit-backend/access';
import type { CabConfig } from '../config';

/** Looks entities up, in the order of their refs. */
export type Lookup = (
  refs: readonly string[],
) => Promise<Array<Entity | undefined>>;

/** Farthest dependents that are counted, in hops. */
const HOPS = 5;
const COUNTED = new Set(['component', 'resource']);

/** What the catalog knows about a change; null is unknown. */
export interface CatalogFacts {
  entity: Entity;
  /** Entity ref of `spec.owner`. */
  owner: string | null;
  /** The group that reviews; undefined where nobody but a person owns it. */
  ownerGroup: string | undefined;
  dependents: number;
  tier1Dependents: number | null;
  /** Beyond the hops that are counted there is more. */
  truncated: boolean;
  tier1Target: boolean | null;
  privileged: boolean | null;
  deprecated: string | null;
}

/**
 * Reads what the catalog knows.
 *
 * @returns undefined for an entity that is not there
 */
export async function catalogFactsOf(
  ref: string,
  lookup: Lookup,
  defaults: CabConfig['classification']['default'],
): Promise<CatalogFacts | undefined> {
  const [entity] = await lookup([ref]);
  if (!entity) return undefined;
  const around = await dependentsOf(ref, entity, lookup);
  const tiers = around.entities.map(each => isTier1(each, defaults));
  const owner = ownerOf(entity)?.toLowerCase() ?? null;
  return {
    entity,
    owner,
    ownerGroup: await ownerGroupOf(entity, owner, lookup),
    dependents: around.entities.length,
    tier1Dependents: tiers.includes(null)
      ? null
      : tiers.filter(tier => tier).length,
    truncated: around.truncated,
    tier1Target: isTier1(entity, defaults),
    privileged: isPrivileged(entity, defaults),
    deprecated: await deprecatedOf(entity, lookup),
  };
}

/** Tier 1 or lower; null where nobody says so in words that are known. */
function isTier1(
  entity: Entity | undefined,
  { tier }: CabConfig['classification']['default'],
): boolean | null {
  const told =
    entity?.metadata.annotations?.[ANNOTATION_CAB_TIER]?.trim().toLowerCase();
  if (told === undefined) return tier === undefined ? null : tier === 1;
  if (TIER_1.includes(told)) return true;
  return LOWER_TIERS.includes(told) ? false : null;
}

function isPrivileged(
  entity: Entity,
  { privileged }: CabConfig['classification']['default'],
): boolean | null {
  const told =
    entity.metadata.annotations?.[
      ANNOTATION_CAB_PRIVILEGED
    ]?.trim().toLowerCase();
  if (told === undefined) return privileged ?? null;
  if (told === 'true') return true;
  return told === 'false' ? false : null;
}

/**
 * Everything that depends on an entity, or on what a System consists of: directly,
 * or by an API it provides. Circles end; what dangles counts.
 */
async function dependentsOf(ref: string, entity: Entity, lookup: Lookup) {
  const start = new Map([[ref, entity]]);
  if (entity.kind === 'System') await addParts(start, lookup);
  const found = new Map<string, Entity | undefined>();
  let level = [...start.values()];
  let truncated = false;
  for (let hop = 1; level.length > 0; hop++) {
    const next = await oneHop(level, lookup);
    const fresh = next.filter(each => !start.has(each) && !found.has(each));
    if (hop > HOPS) {
      truncated = fresh.length > 0;
      break;
    }
    const entities = await lookup(fresh);
    fresh.forEach((each, index) => found.set(each, entities[index]));
    level = entities.filter(each => each !== undefined);
  }
  return { entities: [...found.values()], truncated };
}

async function addParts(parts: Map<string, Entity>, lookup: Lookup) {
  for (const entity of parts.values()) {
    const refs = targetsOf(entity, 'hasPart').filter(each => !parts.has(each));
    const entities = await lookup(refs);
    entities.forEach((each, index) => each && parts.set(refs[index], each));
  }
}

/** Components and Resources that depend on some, each once. */
async function oneHop(level: readonly Entity[], lookup: Lookup) {
  const direct = level.flatMap(each => targetsOf(each, 'dependencyOf'));
  const apis = await lookup([
    ...new Set(level.flatMap(each => targetsOf(each, 'providesApi'))),
  ]);
  const consumers = apis.flatMap(api =>
    api ? targetsOf(api, 'apiConsumedBy') : [],
  );
  return [...new Set([...direct, ...consumers])].filter(each =>
    COUNTED.has(each.split(':')[0]),
  );
}

const ENDED = ['end-of-life', 'eol', 'retired'];

/** The worst of what it directly builds on; null when some of that dangles. */
async function deprecatedOf(
  entity: Entity,
  lookup: Lookup,
): Promise<string | null> {
  const refs = [
    ...targetsOf(entity, 'dependsOn').filter(ref =>
      ref.startsWith('component:'),
    ),
    ...targetsOf(entity, 'consumesApi'),
  ];
  const found = await lookup(refs);
  if (found.includes(undefined)) return null;
  const words = found.map(each =>
    String(each?.spec?.lifecycle ?? '')
      .trim()
      .toLowerCase(),
  );
  if (words.some(word => ENDED.includes(word))) return 'end-of-life';
  return words.includes('deprecated') ? 'deprecated' : 'none';
}

/** The owning group; where a person owns it, the group of its System. */
async function ownerGroupOf(
  entity: Entity,
  owner: string | null,
  lookup: Lookup,
): Promise<string | undefined> {
  if (owner?.startsWith('group:')) return owner;
  const [system] = await lookup(targetsOf(entity, 'partOf').slice(0, 1));
  const above = system && ownerOf(system)?.toLowerCase();
  return above?.startsWith('group:') ? above : undefined;
}

function targetsOf(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef.toLowerCase());
}
