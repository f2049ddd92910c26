import { useApi } from '@backstage/frontend-plugin-api';
import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { useMutation, useQueryClient } from '@fawkes/kit-ui/query';
import { cabApiRef, type CabApi } from '../api';
import { CAB_KEY } from './useAnswers';

/**
 * Does something with a change request. The answer is the change request as it is
 * then; everything else is asked anew, also after a refusal: somebody else was
 * faster, and the page is old.
 *
 * @param onDone - what follows when it is done, before the page shows it: what asked
 *   may be gone by then, and a callback of its own with it
 */
export function useCommand<V>(
  send: (api: CabApi, given: V) => Promise<Change>,
  onDone?: (change: Change) => void,
) {
  const api = useApi(cabApiRef);
  const client = useQueryClient();
  return useMutation<Change, Error, V>({
    mutationFn: given => send(api, given),
    onSuccess: change => {
      onDone?.(change);
      client.setQueryData([CAB_KEY, 'change', change.id], change);
    },
    onSettled: () => client.invalidateQueries({ queryKey: [CAB_KEY] }),
  });
}
