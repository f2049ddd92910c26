import type { ReactElement } from 'react';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { Entity } from '@backstage/catalog-model';
import { useLocation } from 'react-router-dom';
import { deliveryApiRef, type DeliveryApi } from '../api';
import { rootRouteRef } from '../routes';
import { metricsAnswer, metricsByAnswer, metricsRow } from './answers';

/** Who looks at the page. */
export const ME = 'user:default/mira';
export const MY_TEAM = 'group:default/payments-core';

/** A delivery API of which only the metrics are asked. */
export function metricsApi() {
  const refuse = async () => {
    throw new Error('not asked in this test');
  };
  return {
    getMetrics: jest.fn<
      ReturnType<DeliveryApi['getMetrics']>,
      Parameters<DeliveryApi['getMetrics']>
    >(async () => metricsAnswer()),
    getMetricsBy: jest.fn<
      ReturnType<DeliveryApi['getMetricsBy']>,
      Parameters<DeliveryApi['getMetricsBy']>
    >(async ({ groupBy }) =>
      metricsByAnswer([metricsRow('checkout'), metricsRow('ledger')], {
        groupBy: groupBy ?? 'service',
      }),
    ),
    getDeployments: refuse,
    getDeployment: refuse,
    getChange: refuse,
    getIncidents: refuse,
    getQuality: refuse,
    getIntake: refuse,
    getSources: refuse,
    getRejected: refuse,
    getCsv: refuse,
    markDeployment: refuse,
    replay: refuse,
    startBackfill: refuse,
  };
}

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="address">{pathname + search}</output>;
}

/** Renders an element in an app where the delivery pages are mounted. */
export function renderPages(
  element: ReactElement,
  options: {
    api?: DeliveryApi;
    entities?: Entity[];
    address?: string;
  } = {},
) {
  const api = options.api ?? metricsApi();
  return renderInTestApp(
    <>
      <Address />
      {element}
    </>,
    {
      apis: [
        [deliveryApiRef, api],
        mockApis.identity({
          userEntityRef: ME,
          ownershipEntityRefs: [ME, MY_TEAM],
        }),
        [catalogApiRef, catalogApiMock({ entities: options.entities ?? [] })],
      ],
      mountPath: '/delivery/*',
      mountedRoutes: {
        '/delivery': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      initialRouteEntries: [options.address ?? '/delivery'],
    },
  );
}
