import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

/** First part of the keys of what the catalog was asked. */
const CATALOG_KEY = 'kit-catalog';

/** An entity one can ask about. */
export interface ScopeOption {
  ref: string;
  title: string;
  kind: string;
}

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.profile.displayName',
];
const FOUND_AT_ONCE = 40;

function option(entity: Entity): ScopeOption {
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return {
    ref: stringifyEntityRef(entity),
    title:
      entity.metadata.title ?? profile?.displayName ?? entity.metadata.name,
    kind: entity.kind,
  };
}

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
        fields: FIELDS,
        limit: FOUND_AT_ONCE,
      });
      return { options: items.map(option), total: totalItems };
    },
    enabled,
    placeholderData: keepPreviousData,
  });
}

/** Titles of chosen entities; what the catalog hides keeps its ref. */
export function useScopeTitles(refs: readonly string[]) {
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: [CATALOG_KEY, 'titles', refs],
    queryFn: async (): Promise<ScopeOption[]> => {
      const { items } = await catalogApi.getEntitiesByRefs({
        entityRefs: [...refs],
        fields: FIELDS,
      });
      return refs.map((ref, index) => {
        const entity = items[index];
        return entity
          ? option(entity)
          : { ref, title: ref, kind: ref.split(':')[0] };
      });
    },
    enabled: refs.length > 0,
    placeholderData: keepPreviousData,
  });
}
