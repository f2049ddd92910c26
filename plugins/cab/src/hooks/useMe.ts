import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@fawkes/kit-ui/query';

/** Entity ref of the person who is signed in, once it is known. */
export function useMe(): string | undefined {
  const identityApi = useApi(identityApiRef);
  const { data } = useQuery({
    queryKey: ['cab-identity'],
    queryFn: async () =>
      (await identityApi.getBackstageIdentity()).userEntityRef.toLowerCase(),
  });
  return data;
}
