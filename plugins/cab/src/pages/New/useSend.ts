import { useApi } from '@backstage/frontend-plugin-api';
import type { CreateChangeBody } from '@fawkes/backstage-plugin-cab-common';
import { useMutation, useQueryClient } from '@fawkes/kit-ui/query';
import { cabApiRef } from '../../api';
import { CAB_KEY } from '../../hooks';

/** What is asked for. */
export type Request = Pick<
  CreateChangeBody,
  'entityRef' | 'environment' | 'headSha' | 'title' | 'description' | 'window'
> & {
  /** Left out for a normal one. */
  type?: 'emergency';
};

/** A request that is there, and whether it could be submitted. */
export type Sent =
  | { id: string; submitted: true }
  | { id: string; submitted: false; error?: unknown };

/** A request, and whether it is submitted at once. */
export interface Sending {
  body: Request;
  submits: boolean;
}

/**
 * Asks for a change and submits it. There is one unfinished request for an entity,
 * an environment and a commit, so sending again makes no second one. Once it is
 * there its page is the place to go on, also when it could not be submitted: the
 * page says why, and has the button.
 */
export function useSend() {
  const api = useApi(cabApiRef);
  const client = useQueryClient();
  return useMutation<Sent, Error, Sending>({
    mutationFn: async ({ body, submits }) => {
      const { id, revision } = await api.createChange({ body });
      if (!submits) return { id, submitted: false };
      try {
        await api.submitChange({ id, body: { revision } });
        return { id, submitted: true };
      } catch (error) {
        return { id, submitted: false, error };
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: [CAB_KEY] }),
  });
}

/** The request that is there already, where that is why another was refused. */
export function twinOf(error: unknown): string | undefined {
  const { body } = (error ?? {}) as {
    body?: { error?: { code?: string; params?: { id?: unknown } } };
  };
  const id = body?.error?.params?.id;
  return body?.error?.code === 'change.twin' && typeof id === 'string'
    ? id
    : undefined;
}
