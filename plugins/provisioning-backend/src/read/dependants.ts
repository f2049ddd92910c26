import {
  RELATION_API_CONSUMED_BY,
  RELATION_DEPENDENCY_OF,
  RELATION_PROVIDES_API,
} from '@backstage/catalog-model';
import { entityRefOf } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Said } from '@fawkes/kit-contract';
import type { Core } from '../core';
import type { RequestRow } from '../store/tables';
import { say } from '../words';

/**
 * Who depends on a service, by the catalog: on itself, or on an API it provides.
 *
 * @throws when the catalog does not answer: nobody may go on as if there were none
 */
export async function dependantsOf(
  core: Pick<Core, 'auth' | 'catalog'>,
  request: RequestRow,
): Promise<Said[]> {
  const credentials = await core.auth.getOwnServiceCredentials();
  const relationsOf = async (ref: string, type: string) => {
    const entity = await core.catalog.getEntityByRef(ref, { credentials });
    return (entity?.relations ?? [])
      .filter(relation => relation.type === type)
      .map(({ targetRef }) => targetRef);
  };
  const ref = entityRefOf(request);
  const direct = await relationsOf(ref, RELATION_DEPENDENCY_OF);
  const apis = await relationsOf(ref, RELATION_PROVIDES_API);
  const consumers = await Promise.all(
    apis.map(api => relationsOf(api, RELATION_API_CONSUMED_BY)),
  );
  const all = new Set([...direct, ...consumers.flat()]);
  all.delete(ref);
  return [...all].sort().map(entity => say('dependant.entity', { entity }));
}
