import type { Entity } from '@backstage/catalog-model';
import {
  RELATION_CHILD_OF,
  RELATION_HAS_MEMBER,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { toEntityRef } from '@fawkes/kit-contract';

/** Names on a group who leads it; without it nobody does. */
export const LEAD_ANNOTATION = 'fawkes.dev/dojo-lead';

/** A group as the dojo needs it. */
export interface Group {
  ref: string;
  parents: string[];
  /** Direct members, in small letters. */
  members: string[];
  /** Who may look at what its direct members have done. */
  leads: string[];
}

/** Reads a group of the catalog. */
export function groupOf(entity: Entity): Group {
  const related = (type: string) =>
    (entity.relations ?? [])
      .filter(relation => relation.type === type)
      .map(({ targetRef }) => targetRef.toLowerCase());
  const leads = entity.metadata.annotations?.[LEAD_ANNOTATION] ?? '';
  return {
    ref: stringifyEntityRef(entity).toLowerCase(),
    parents: related(RELATION_CHILD_OF),
    members: [
      ...new Set(
        related(RELATION_HAS_MEMBER).filter(ref => ref.startsWith('user:')),
      ),
    ],
    leads: leads
      .split(',')
      .map(name => name.trim())
      .filter(Boolean)
      .map(name => toEntityRef(name, 'user')),
  };
}

/** Everybody in each group, those of groups in it included, each once. */
export function everybodyIn(
  groups: readonly Group[],
): Map<string, ReadonlySet<string>> {
  const children = new Map<string, Group[]>();
  for (const group of groups) {
    for (const parent of group.parents) {
      children.set(parent, [...(children.get(parent) ?? []), group]);
    }
  }
  return new Map(
    groups.map(group => {
      const people = new Set<string>();
      const seen = new Set<string>();
      const open = [group];
      // Groups may be in each other: each is walked once.
      for (let next = open.pop(); next; next = open.pop()) {
        if (seen.has(next.ref)) continue;
        seen.add(next.ref);
        next.members.forEach(member => people.add(member));
        open.push(...(children.get(next.ref) ?? []));
      }
      return [group.ref, people];
    }),
  );
}

/** Groups of a person with the groups around them. */
export function groupsAround(
  groups: readonly Group[],
  person: string,
): Group[] {
  const found = new Map<string, Group>();
  const open = groups.filter(({ members }) => members.includes(person));
  for (let next = open.shift(); next; next = open.shift()) {
    if (found.has(next.ref)) continue;
    found.set(next.ref, next);
    const { parents } = next;
    open.push(...groups.filter(({ ref }) => parents.includes(ref)));
  }
  return [...found.values()];
}
