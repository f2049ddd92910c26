import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useQuery } from '@fawkes/kit-ui/query';

/** As many as one question may name. */
const MOST = 200;

/** Refs of the services owned by the person or one of their groups. */
export function useMyServices() {
  const identityApi = useApi(identityApiRef);
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['delivery-catalog', 'mine'],
    queryFn: async () => {
      const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
      const { items, totalItems } = await catalogApi.queryEntities({
        filter: {
          kind: 'Component',
          'relations.ownedBy': ownershipEntityRefs,
        },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: MOST,
      });
      return { refs: items.map(stringifyEntityRef), total: totalItems };
    },
  });
}
