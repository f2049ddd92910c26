import { permissionApiRef } from '@backstage/plugin-permission-react';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { configure } from '@testing-library/react';
import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import { type DeliveryApi, deliveryApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { fakeSignals } from './fakeSignals';

// A page is a lot to render for a busy machine; waiting costs nothing else.
configure({ asyncUtilTimeout: 4_000 });

/** How a page is opened in a test. */
export interface RenderOptions {
  api: DeliveryApi;
  /** Address to open. */
  at?: string;
  /** Route pattern of the element, e.g. `/delivery/deployments/:key`. */
  path?: string;
  /** The person may do what the page asks about. */
  allowed?: boolean;
  signals?: ReturnType<typeof fakeSignals>;
}

/** Renders a piece of the plugin in an app with everything around it. */
export function renderDelivery(
  element: ReactElement,
  {
    api,
    at = '/',
    path = '*',
    allowed = true,
    signals = fakeSignals(),
  }: RenderOptions,
) {
  return renderInTestApp(
    <Routes>
      <Route path={path} element={element} />
      <Route path="*" element={<p>Another page</p>} />
    </Routes>,
    {
      initialRouteEntries: [at],
      mountedRoutes: {
        '/delivery': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [
        [deliveryApiRef, api],
        [catalogApiRef, catalogApiMock({ entities: [] })],
        [signalApiRef, signals.api],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          }),
        ],
      ],
    },
  );
}
