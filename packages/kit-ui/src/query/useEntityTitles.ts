import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { entityTitle, titleOfRef } from '../values';

/** First part of the keys of what the catalog was asked. */
export const CATALOG_KEY = 'kit-catalog';

/** What has to be known of an entity to say its title. */
export const TITLE_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.profile.displayName',
];

/** As many as the catalog answers at once. */
const MOST = 1_000;

const isRef = (ref: string) => /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/.test(ref);

/**
 * Says the titles of entities. What the catalog hides, does not know, or has
 * not answered yet gets the best name that its ref gives. Needs a
 * `QueryProvider` around it.
 * @public
 */
export function useEntityTitles(
  refs: readonly string[],
): (ref: string) => string {
  const catalogApi = useApi(catalogApiRef);
  const wanted = [...new Set(refs.filter(isRef))].sort().slice(0, MOST);
  const { data } = useQuery({
    queryKey: [CATALOG_KEY, 'titles', wanted],
    queryFn: async (): Promise<Record<string, string>> => {
      const { items } = await catalogApi.getEntitiesByRefs({
        entityRefs: wanted,
        fields: TITLE_FIELDS,
      });
      return Object.fromEntries(
        wanted.flatMap((ref, index) => {
          const entity = items[index];
          return entity ? [[ref, entityTitle(entity)]] : [];
        }),
      );
    },
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  });
  return useCallback((ref: string) => data?.[ref] ?? titleOfRef(ref), [data]);
}
