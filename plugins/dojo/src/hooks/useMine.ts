import { useApi } from '@backstage/frontend-plugin-api';
import type { Choices } from '@fawkes/backstage-plugin-dojo-common';
import { useMutation, useQuery, useQueryClient } from '@fawkes/kit-ui/query';
import { dojoApiRef, type DojoApi } from '../api';

const KEY = 'dojo';

/** What is known about the person, and who looked. */
export function useMine() {
  const api = useApi(dojoApiRef);
  return useQuery({
    queryKey: [KEY, 'mine'],
    queryFn: ({ signal }) => api.getMine({}, { signal }),
  });
}

/** Does something about the person; what is known is asked for again. */
function useAboutMe<A>(work: (api: DojoApi, given: A) => Promise<unknown>) {
  const api = useApi(dojoApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: A) => work(api, given),
    onSuccess: () => client.invalidateQueries({ queryKey: [KEY, 'mine'] }),
  });
}

/** Keeps what others may see. */
export function useChoices() {
  return useAboutMe((api, body: Choices) => api.changeChoices({ body }));
}

/** Asks to be erased; of these certificates the files stay valid. */
export function useAskErasure() {
  return useAboutMe((api, keep: string[]) =>
    api.askErasure({ body: { keep } }),
  );
}

/** Takes that back. */
export function useCancelErasure() {
  return useAboutMe((api, _: void) => api.cancelErasure({}));
}

/** Teams of the person, with what is said of them. */
export function useTeams() {
  const api = useApi(dojoApiRef);
  return useQuery({
    queryKey: [KEY, 'teams'],
    queryFn: ({ signal }) => api.getTeams({}, { signal }),
  });
}

/** Looks at what each member has done, which they are told. */
export function useLookAtTeam() {
  const api = useApi(dojoApiRef);
  return useMutation({
    mutationFn: (group: string) => api.lookAtTeam({ body: { group } }),
  });
}

/** Awards that were taken back, or are proposed to be. */
export function useRevocations() {
  const api = useApi(dojoApiRef);
  return useQuery({
    queryKey: [KEY, 'revocations'],
    queryFn: ({ signal }) => api.listRevocations({}, { signal }),
  });
}

/** Proposes to take an award back, or is the second person who does. */
export function useRevoke() {
  const api = useApi(dojoApiRef);
  const client = useQueryClient();
  const onSuccess = () =>
    client.invalidateQueries({ queryKey: [KEY, 'revocations'] });
  return {
    propose: useMutation({
      mutationFn: (body: { credential: string; reason: string }) =>
        api.proposeRevocation({ body }),
      onSuccess,
    }),
    confirm: useMutation({
      mutationFn: (revocation: string) => api.confirmRevocation({ revocation }),
      onSuccess,
    }),
  };
}
