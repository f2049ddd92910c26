import { createApiRef, type FetchApi } from '@backstage/frontend-plugin-api';
import { deliveryRoutes } from '@fawkes/backstage-plugin-delivery-common';
import { createClient, type ClientOf } from '@fawkes/kit-contract';

/**
 * The delivery backend as the frontend sees it: one method a route, which takes
 * path and query side by side and the body apart. Durations are seconds, rates
 * 0..1; a figure nobody knows is `{ value: null, reason }`. Every method throws
 * a `ResponseError` when the backend refuses.
 * @public
 */
export type DeliveryApi = ClientOf<typeof deliveryRoutes>;

/**
 * The key under which apps provide and replace the {@link DeliveryApi}.
 * @public
 */
export const deliveryApiRef = createApiRef<DeliveryApi>().with({
  id: 'plugin.delivery.client',
  pluginId: 'delivery',
});

/** {@link DeliveryApi} over HTTP, with the person's own credentials. @public */
export function createDeliveryClient(deps: {
  fetchApi: Pick<FetchApi, 'fetch'>;
}): DeliveryApi {
  return createClient(deliveryRoutes, {
    fetch: (url, init) => deps.fetchApi.fetch(url, init),
    baseUrl: 'plugin://delivery',
  });
}
