import { useApi } from '@backstage/frontend-plugin-api';
import { useMutation, useQueryClient } from '@fawkes/kit-ui/query';
import type { ProvisioningApi } from '../api';
import { provisioningApiRef } from '../api';
import { PROVISIONING_KEY } from './keys';

/**
 * A command. What is shown is asked anew before the button is free again: a
 * request moves on in ways only the backend knows, so nothing is guessed.
 */
export function useCommand<V, R>(
  send: (api: ProvisioningApi, given: V) => Promise<R>,
) {
  const api = useApi(provisioningApiRef);
  const client = useQueryClient();
  return useMutation<R, Error, V>({
    mutationFn: given => send(api, given),
    // An answer may be a password: it is gone with what showed it.
    gcTime: 0,
    // Also after a refusal: somebody else was faster, and the page is old.
    onSettled: () => client.invalidateQueries({ queryKey: [PROVISIONING_KEY] }),
  });
}

/** What would happen; nothing is changed, so nothing is asked anew. */
export function usePlan() {
  const api = useApi(provisioningApiRef);
  return useMutation({
    mutationFn: (body: Parameters<ProvisioningApi['plan']>[0]['body']) =>
      api.plan({ body }),
  });
}
