import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DeploymentsQuery,
  IncidentsQuery,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  flatten,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@fawkes/kit-ui/query';
import { deliveryApiRef } from '../api';
import { queryKey } from './keys';

/** Deployments, newest first, page by page. */
export function useDeployments(
  query: Partial<DeploymentsQuery>,
  options: { enabled?: boolean } = {},
) {
  const api = useApi(deliveryApiRef);
  return useInfiniteQuery({
    queryKey: queryKey('deployments', query),
    queryFn: ({ pageParam, signal }) =>
      api.getDeployments({ ...query, cursor: pageParam }, { signal }),
    initialPageParam: query.cursor,
    getNextPageParam: page => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    select: flatten,
    enabled: options.enabled,
  });
}

/** Incidents, newest first, page by page. */
export function useIncidents(
  query: Partial<IncidentsQuery>,
  options: { enabled?: boolean } = {},
) {
  const api = useApi(deliveryApiRef);
  return useInfiniteQuery({
    queryKey: queryKey('incidents', query),
    queryFn: ({ pageParam, signal }) =>
      api.getIncidents({ ...query, cursor: pageParam }, { signal }),
    initialPageParam: query.cursor,
    getNextPageParam: page => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    select: flatten,
    enabled: options.enabled,
  });
}

/**
 * One deployment with everything about it. The previous one is not kept while
 * the next loads: a page must not show one deployment under another's address.
 */
export function useDeployment(key: string) {
  const api = useApi(deliveryApiRef);
  return useQuery({
    queryKey: queryKey('deployment', key),
    queryFn: ({ signal }) => api.getDeployment({ key }, { signal }),
  });
}

/** One change and where it went. */
export function useChange(key: string) {
  const api = useApi(deliveryApiRef);
  return useQuery({
    queryKey: queryKey('change', key),
    queryFn: ({ signal }) => api.getChange({ key }, { signal }),
  });
}
