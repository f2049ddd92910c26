import { useApi } from '@backstage/frontend-plugin-api';
import type { CabDelegation } from '@fawkes/backstage-plugin-cab-common';
import { useMutation, useQuery, useQueryClient } from '@fawkes/kit-ui/query';
import { cabApiRef, type CabApi } from '../api';
import { CAB_KEY } from './useAnswers';

const RESTING_MS = 60_000;

/** Who of the board votes for whom. */
export function useDelegations() {
  const api = useApi(cabApiRef);
  return useQuery({
    queryKey: [CAB_KEY, 'delegations'],
    queryFn: ({ signal }) => api.getDelegations({}, { signal }),
    refetchInterval: RESTING_MS,
  });
}

/** Names somebody, or ends that. What waits for whom is asked anew. */
export function useDelegationCommand<V>(
  send: (api: CabApi, given: V) => Promise<CabDelegation>,
  onDone?: (delegation: CabDelegation) => void,
) {
  const api = useApi(cabApiRef);
  const client = useQueryClient();
  return useMutation<CabDelegation, Error, V>({
    mutationFn: given => send(api, given),
    onSuccess: delegation => onDone?.(delegation),
    onSettled: () => client.invalidateQueries({ queryKey: [CAB_KEY] }),
  });
}
