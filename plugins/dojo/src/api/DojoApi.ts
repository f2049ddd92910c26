import { createApiRef, type FetchApi } from '@backstage/frontend-plugin-api';
import { dojoRoutes } from '@fawkes/backstage-plugin-dojo-common';
import { createClient, type ClientOf } from '@fawkes/kit-contract';

/**
 * The dojo's backend as the frontend sees it: one method a route. Every method
 * throws a `ResponseError` when the backend refuses.
 * @public
 */
export type DojoApi = ClientOf<typeof dojoRoutes>;

/** The key under which apps provide and replace the {@link DojoApi}. @public */
export const dojoApiRef = createApiRef<DojoApi>().with({
  id: 'plugin.dojo.client',
  pluginId: 'dojo',
});

/** {@link DojoApi} over HTTP, with the person's own credentials. @public */
export function createDojoClient(deps: {
  fetchApi: Pick<FetchApi, 'fetch'>;
}): DojoApi {
  return createClient(dojoRoutes, {
    fetch: (url, init) => deps.fetchApi.fetch(url, init),
    baseUrl: 'plugin://dojo',
  });
}
