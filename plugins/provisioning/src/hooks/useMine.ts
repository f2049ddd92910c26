import {
  identityApiRef,
  useApi,
  type BackstageUserIdentity,
} from '@backstage/frontend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { provisioningRequestOperatePermission } from '@fawkes/backstage-plugin-provisioning-common';
import { useQuery } from '@fawkes/kit-ui/query';

/** As many groups as one question to the catalog answers. */
const MOST = 1_000;

/** Who has signed in, as sign-in says. */
function useIdentity<T>(select: (identity: BackstageUserIdentity) => T) {
  const identityApi = useApi(identityApiRef);
  return useQuery({
    queryKey: ['provisioning-identity'],
    queryFn: () => identityApi.getBackstageIdentity(),
    select,
  });
}

const groupsOf = ({ ownershipEntityRefs }: BackstageUserIdentity) =>
  ownershipEntityRefs.filter(ref => ref.startsWith('group:'));
const personOf = ({ userEntityRef }: BackstageUserIdentity) => userEntityRef;

/** Refs of the person's own groups. */
export function useMyGroups() {
  return useIdentity(groupsOf);
}

/** Ref of the person. */
export function useMe() {
  return useIdentity(personOf);
}

/** Refs of every group, for those who may ask for others. */
export function useAllGroups(enabled: boolean) {
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['provisioning-catalog', 'groups'],
    queryFn: async () => {
      const { items } = await catalogApi.queryEntities({
        filter: { kind: 'Group' },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: MOST,
      });
      return items.map(stringifyEntityRef);
    },
    enabled,
  });
}

/** Whether the person belongs to the platform group. */
export function useMayOperate(): boolean {
  return usePermission({ permission: provisioningRequestOperatePermission })
    .allowed;
}
