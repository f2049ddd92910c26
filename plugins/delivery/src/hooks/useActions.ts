import { useApi } from '@backstage/frontend-plugin-api';
import type {
  MarkBody,
  ReplayBody,
} from '@fawkes/backstage-plugin-delivery-common';
import { useMutation, useQueryClient } from '@fawkes/kit-ui/query';
import { deliveryApiRef } from '../api';
import { DELIVERY_KEY, queryKey } from './keys';

/**
 * Marks a deployment by hand. The verdict is not shown before the backend has
 * it: a mark changes recovery, rework and neighbours too, and a guess at those
 * would be a wrong number on the screen, however short.
 */
export function useMarkDeployment(key: string) {
  const api = useApi(deliveryApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MarkBody) => api.markDeployment({ key, body }),
    onSuccess: async () => {
      // Everything but this page may follow later.
      await client.invalidateQueries({ queryKey: queryKey('deployment', key) });
      client.invalidateQueries({ queryKey: [DELIVERY_KEY] });
    },
  });
}

/** Tries rejected events again. */
export function useReplay() {
  const api = useApi(deliveryApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ReplayBody) => api.replay({ body }),
    onSuccess: () => client.invalidateQueries({ queryKey: [DELIVERY_KEY] }),
  });
}

/** Starts loading the history of a source. */
export function useBackfill() {
  const api = useApi(deliveryApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.startBackfill({ id }),
    onSuccess: () =>
      client.invalidateQueries({ queryKey: queryKey('sources', null) }),
  });
}
