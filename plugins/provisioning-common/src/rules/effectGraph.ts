import type { EffectType } from '../contract';

/** What has to be done before, among all that there can be. */
const NEEDS: Record<EffectType, readonly EffectType[]> = {
  'name:reserve': [],
  'repo:ensure': ['name:reserve'],
  'repo:protect': ['repo:ensure'],
  'ci:ensure': ['repo:ensure'],
  'catalog:entity:ensure': ['repo:ensure'],
  'repo:propose': ['repo:ensure'],
  'service:build': ['repo:ensure'],
  'service:deploy': ['service:build'],
  'events:tell': ['service:deploy', 'catalog:entity:ensure'],
  'service:remove': [],
  'catalog:entity:remove': [],
  'ci:remove': [],
  'repo:unprotect': [],
  'repo:remove': [],
  'repo:archive': [],
  'repo:release': [],
  'events:retire': [],
  'local:tidy': [],
  'name:release': [],
};

/**
 * The nearest types among `present` that a type needs. What is not present is
 * walked through: where nothing is deployed, events wait for the build.
 * @public
 */
export function needsOf(
  type: EffectType,
  present: ReadonlySet<EffectType>,
): EffectType[] {
  const nearest = new Set<EffectType>();
  const walk = (from: EffectType) => {
    for (const needed of NEEDS[from]) {
      if (present.has(needed)) nearest.add(needed);
      else walk(needed);
    }
  };
  walk(type);
  return [...nearest].filter(
    // What another of them needs anyway goes without saying.
    needed =>
      ![...nearest].some(other => other !== needed && reaches(other, needed)),
  );
}

function reaches(from: EffectType, to: EffectType): boolean {
  return NEEDS[from].some(needed => needed === to || reaches(needed, to));
}

/**
 * The order effects may be done in: each after what it depends on, otherwise as
 * they were given.
 *
 * @throws TypeError when they wait for each other, or for one that is not here
 * @public
 */
export function inOrder<E extends { id: string; dependsOn: readonly string[] }>(
  effects: readonly E[],
): E[] {
  const ordered: E[] = [];
  const done = new Set<string>();
  let open = [...effects];
  while (open.length > 0) {
    const next = open.find(({ dependsOn }) =>
      dependsOn.every(id => done.has(id)),
    );
    if (!next) {
      const ids = open.map(({ id }) => id).join(', ');
      throw new TypeError(`These effects can never begin: ${ids}`);
    }
    ordered.push(next);
    done.add(next.id);
    open = open.filter(effect => effect !== next);
  }
  return ordered;
}
