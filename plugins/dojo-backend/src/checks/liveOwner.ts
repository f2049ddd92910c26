import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import { namesEntity } from '@fawkes/backstage-plugin-dojo-common/rules';
import type { LiveDeps, LiveKind } from './liveKind';
import {
  candidates,
  firstBy,
  named,
  pageOf,
  related,
  seen,
} from './candidates';

/** Who owns a component: one of those the learner sees. */
export function liveOwner({ catalog, now }: LiveDeps): LiveKind {
  return {
    async choose({ params: { entity: wanted }, credentials, rank }) {
      const all = wanted
        ? await seen(catalog, [wanted], credentials)
        : await candidates(catalog, { kind: 'Component' }, credentials);
      const entity = firstBy(
        all.filter(each => related(each, RELATION_OWNED_BY).length > 0),
        each => rank(stringifyEntityRef(each)),
      );
      if (!entity) return { missing: sayDojo('live.owner_none') };
      const own = named(entity);
      return {
        subject: {
          entity: own,
          about: sayDojo('live.owner', { entity: own.title }),
          page: pageOf(entity),
          kept: { owners: related(entity, RELATION_OWNED_BY).join(' ') },
        },
      };
    },
    async evaluate({ subject, answer, credentials }) {
      const ref = subject?.entity?.ref ?? '';
      const [entity] = await seen(catalog, [ref], credentials);
      if (!entity) return { verdict: 'error', why: sayDojo('check.gone') };
      const owners = [
        ...new Set([
          ...related(entity, RELATION_OWNED_BY),
          ...(subject?.kept?.owners ?? '').split(' ').filter(Boolean),
        ]),
      ];
      const known = await seen(catalog, owners, credentials);
      const observedAt = new Date(now());
      const right = owners.some(owner =>
        namesEntity(answer, { ref: owner, names: namesOf(owner, known) }),
      );
      return right
        ? {
            verdict: 'pass',
            observedAt,
            evidence: {
              source: 'catalog',
              fact: { entity: ref, relation: RELATION_OWNED_BY, owners },
            },
          }
        : { verdict: 'fail', observedAt, why: sayDojo('live.other') };
    },
  };
}

function namesOf(ref: string, known: readonly Entity[]): string[] {
  const entity = known.find(each => stringifyEntityRef(each) === ref);
  const profile = entity?.spec?.profile as
    | { displayName?: unknown }
    | undefined;
  return [entity?.metadata.title, profile?.displayName].filter(
    (name): name is string => typeof name === 'string' && name !== '',
  );
}
