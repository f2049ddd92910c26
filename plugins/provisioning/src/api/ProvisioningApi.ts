import { createApiRef, type FetchApi } from '@backstage/frontend-plugin-api';
import { provisioningRoutes } from '@fawkes/backstage-plugin-provisioning-common';
import { createClient, type ClientOf } from '@fawkes/kit-contract';

/**
 * The provisioning backend as the frontend sees it: one method a route, which
 * takes path and query side by side and the body apart. Every method throws a
 * `ResponseError` when the backend refuses; `refusalOf` reads the code of a 409
 * or 422 out of it.
 * @public
 */
export type ProvisioningApi = ClientOf<typeof provisioningRoutes>;

/**
 * The key under which apps provide and replace the {@link ProvisioningApi}.
 * @public
 */
export const provisioningApiRef = createApiRef<ProvisioningApi>().with({
  id: 'plugin.provisioning.client',
  pluginId: 'provisioning',
});

/** {@link ProvisioningApi} over HTTP, with the person's own credentials. @public */
export function createProvisioningClient(deps: {
  fetchApi: Pick<FetchApi, 'fetch'>;
}): ProvisioningApi {
  return createClient(provisioningRoutes, {
    fetch: (url, init) => deps.fetchApi.fetch(url, init),
    baseUrl: 'plugin://provisioning',
  });
}
