import { stringifyEntityRef } from '@backstage/catalog-model';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import { CHECK_TYPES } from '@fawkes/backstage-plugin-dojo-common/rules';
import type { DojoCheck } from '@fawkes/backstage-plugin-dojo-node';
import { candidates, type LabCatalog } from './candidates';

/** Says in which run of a lab an entity was made. */
export const NONCE_ANNOTATION = 'fawkes.dev/dojo-nonce';

interface Params {
  kind: string;
  type?: string;
}

/**
 * An entity the learner made in this run: entities say neither when nor by whom
 * they were made, so the nonce of the run decides.
 */
export function catalogEntity({
  catalog,
  now,
}: {
  catalog: LabCatalog;
  now(): number;
}): DojoCheck<Params> {
  return {
    type: 'catalog-entity',
    params: CHECK_TYPES['catalog-entity'].params as DojoCheck<Params>['params'],
    assurance: 'observed',
    async evaluate({ params: { kind, type }, nonce, credentials }) {
      const found = await candidates(
        catalog,
        { kind, [`metadata.annotations.${NONCE_ANNOTATION}`]: nonce },
        credentials,
      );
      const observedAt = new Date(now());
      const entity = found.find(
        ({ spec }) => type === undefined || spec?.type === type,
      );
      if (entity) {
        const ref = stringifyEntityRef(entity);
        return {
          verdict: 'pass',
          observedAt,
          evidence: {
            source: 'catalog',
            fact: { entity: ref, spec: entity.spec ?? {} },
            claim: ref,
          },
        };
      }
      const why =
        found.length > 0 && type !== undefined
          ? sayDojo('catalog.other', { type })
          : sayDojo('catalog.none', {
              kind,
              nonce,
              annotation: NONCE_ANNOTATION,
            });
      return { verdict: 'fail', observedAt, why };
    },
  };
}
