import { useApi } from '@backstage/frontend-plugin-api';
import type {
  CabException,
  ExceptionsQuery,
} from '@fawkes/backstage-plugin-cab-common';
import { useMutation, useQuery, useQueryClient } from '@fawkes/kit-ui/query';
import { cabApiRef, type CabApi } from '../api';
import { CAB_KEY } from './useAnswers';

const RESTING_MS = 60_000;

/** Exceptions that wait for a decision, or end soon. */
export function useExceptions(query: Partial<ExceptionsQuery>) {
  const api = useApi(cabApiRef);
  return useQuery({
    queryKey: [CAB_KEY, 'exceptions', query],
    queryFn: ({ signal }) => api.getExceptions(query, { signal }),
    refetchInterval: RESTING_MS,
  });
}

/**
 * Does something with an exception. Everything is asked anew then: what it is used
 * for may have moved.
 */
export function useExceptionCommand<V>(
  send: (api: CabApi, given: V) => Promise<CabException>,
  onDone?: (exception: CabException) => void,
) {
  const api = useApi(cabApiRef);
  const client = useQueryClient();
  return useMutation<CabException, Error, V>({
    mutationFn: given => send(api, given),
    onSuccess: exception => onDone?.(exception),
    onSettled: () => client.invalidateQueries({ queryKey: [CAB_KEY] }),
  });
}
