import type { ReactElement } from 'react';
import type { Entity } from '@backstage/catalog-model';
import { renderInPortal } from '@fawkes/kit-ui/testUtils';
import { deliveryApiRef, type DeliveryApi } from '../api';
import { rootRouteRef } from '../routes';
import { fakeApi } from './fakeApi';
import { metricsAnswer, metricsByAnswer, metricsRow } from './answers';

/** Who looks at the page. */
export const ME = 'user:default/mira';
export const MY_TEAM = 'group:default/payments-core';

/** A delivery API of which only the metrics are asked. */
export function metricsApi() {
  return fakeApi({
    getMetrics: async () => metricsAnswer(),
    getMetricsBy: async ({ groupBy = 'service' } = {}) =>
      metricsByAnswer([metricsRow('checkout'), metricsRow('ledger')], {
        groupBy,
      }),
  });
}

/** Renders an element in an app where the delivery pages are mounted. */
export function renderPages(
  element: ReactElement,
  options: {
    api?: DeliveryApi;
    entities?: Entity[];
    address?: string;
    language?: string;
  } = {},
) {
  return renderInPortal(element, {
    apis: [[deliveryApiRef, options.api ?? metricsApi()]],
    mountedRoutes: { '/delivery': rootRouteRef },
    path: '/delivery/*',
    at: options.address ?? '/delivery',
    entities: options.entities,
    ownership: [ME, MY_TEAM],
    language: options.language,
  });
}
