import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CATALOG_KEY, TITLE_FIELDS } from '../query/useEntityTitles';
import { entityTitle } from '../values';

/** An entity one can ask about. */
export interface ScopeOption {
  ref: string;
  title: string;
  kind: string;
}

const FOUND_AT_ONCE = 40;

/** Entities whose name or title contains the term. */
export function useScopeSearch(
  term: string,
  kinds: readonly string[],
  enabled: boolean,
) {
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: [CATALOG_KEY, 'search', kinds, term],
    queryFn: async () => {
      const { items, totalItems } = await catalogApi.queryEntities({
        filter: { kind: [...kinds] },
        fullTextFilter: {
          term,
          fields: [
            'metadata.name',
            'metadata.title',
            'spec.profile.displayName',
          ],
        },
        orderFields: [{ field: 'metadata.name', order: 'asc' }],
        fields: TITLE_FIELDS,
        limit: FOUND_AT_ONCE,
      });
      const options: ScopeOption[] = items.map(entity => ({
        ref: stringifyEntityRef(entity),
        title: entityTitle(entity),
        kind: entity.kind,
      }));
      return { options, total: totalItems };
    },
    enabled,
    placeholderData: keepPreviousData,
  });
}
