import { useApi } from '@backstage/frontend-plugin-api';
import type {
  MetricsByQuery,
  MetricsQuery,
} from '@fawkes/backstage-plugin-delivery-common';
import { keepPreviousData, useQuery } from '@fawkes/kit-ui/query';
import { deliveryApiRef } from '../api';
import { queryKey } from './keys';
import { usePages } from './usePages';

/**
 * The five metrics of a scope. While a new question loads the old answer stays
 * (`isPlaceholderData`), to be shown dimmed.
 */
export function useMetrics(query: Partial<MetricsQuery>) {
  const api = useApi(deliveryApiRef);
  return useQuery({
    queryKey: queryKey('metrics', query),
    queryFn: ({ signal }) => api.getMetrics(query, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The metrics by service or team; `fetchNextPage` brings further rows. */
export function useMetricsBy(query: Partial<MetricsByQuery>) {
  const api = useApi(deliveryApiRef);
  return usePages('metrics-by', query, (...asked) =>
    api.getMetricsBy(...asked),
  );
}
