import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DeploymentsQuery,
  IncidentsQuery,
} from '@fawkes/backstage-plugin-delivery-common';
import { useQuery } from '@fawkes/kit-ui/query';
import { deliveryApiRef } from '../api';
import { queryKey } from './keys';
import { usePages } from './usePages';

/** Deployments, newest first, page by page. */
export function useDeployments(
  query: Partial<DeploymentsQuery>,
  options: { enabled?: boolean } = {},
) {
  const api = useApi(deliveryApiRef);
  return usePages(
    'deployments',
    query,
    (...asked) => api.getDeployments(...asked),
    options,
  );
}

/** Incidents, newest first, page by page. */
export function useIncidents(
  query: Partial<IncidentsQuery>,
  options: { enabled?: boolean } = {},
) {
  const api = useApi(deliveryApiRef);
  return usePages(
    'incidents',
    query,
    (...asked) => api.getIncidents(...asked),
    options,
  );
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
