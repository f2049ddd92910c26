import { createApiRef, type FetchApi } from '@backstage/frontend-plugin-api';
import { cabRoutes } from '@fawkes/backstage-plugin-cab-common';
import { createClient, type ClientOf } from '@fawkes/kit-contract';

/**
 * The change approval backend as the frontend sees it: one method a route, which
 * takes path and query side by side and the body apart. Every method throws a
 * `ResponseError` when the backend refuses.
 * @public
 */
export type CabApi = ClientOf<typeof cabRoutes>;

/** The key under which apps provide and replace the {@link CabApi}. @public */
export const cabApiRef = createApiRef<CabApi>().with({
  id: 'plugin.cab.client',
  pluginId: 'cab',
});

/** {@link CabApi} over HTTP, with the person's own credentials. @public */
export function createCabClient(deps: {
  fetchApi: Pick<FetchApi, 'fetch'>;
}): CabApi {
  return createClient(cabRoutes, {
    fetch: (url, init) => deps.fetchApi.fetch(url, init),
    baseUrl: 'plugin://cab',
  });
}
