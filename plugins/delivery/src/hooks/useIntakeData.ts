import { useApi } from '@backstage/frontend-plugin-api';
import type { RejectedQuery } from '@fawkes/backstage-plugin-delivery-common';
import { askWhile, keepPreviousData, useQuery } from '@fawkes/kit-ui/query';
import { deliveryApiRef } from '../api';
import { queryKey } from './keys';
import { usePages } from './usePages';

/** What is known and what is missing, for the scope (empty = everything). */
export function useQuality(scope: string[] = []) {
  const api = useApi(deliveryApiRef);
  const query = { scope };
  return useQuery({
    queryKey: queryKey('quality', query),
    queryFn: ({ signal }) => api.getQuality(query, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** How far the intake is. */
export function useIntake() {
  const api = useApi(deliveryApiRef);
  return useQuery({
    queryKey: queryKey('intake', null),
    queryFn: ({ signal }) => api.getIntake({}, { signal }),
  });
}

/** How often a running backfill is asked for its progress. */
const BACKFILL_POLL_MS = 2_000;

/** The tools facts come from. Asked again and again while one loads history. */
export function useSources() {
  const api = useApi(deliveryApiRef);
  return useQuery({
    queryKey: queryKey('sources', null),
    queryFn: ({ signal }) => api.getSources({}, { signal }),
    refetchInterval: ({ state }) =>
      askWhile(
        BACKFILL_POLL_MS,
        state,
        state.data?.items.some(({ backfill }) => backfill?.state === 'running'),
      ),
  });
}

/** Events that could not be understood, newest first. */
export function useRejected(query: Partial<RejectedQuery> = {}) {
  const api = useApi(deliveryApiRef);
  return usePages('rejected', query, (...asked) => api.getRejected(...asked));
}
