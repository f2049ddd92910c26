import { renderInPortal, type FakeSignals } from '@fawkes/kit-ui/testUtils';
import type { ReactElement } from 'react';
import { type DeliveryApi, deliveryApiRef } from '../api';
import { rootRouteRef } from '../routes';

/** How a page is opened in a test. */
export interface RenderOptions {
  api: DeliveryApi;
  /** Address to open. */
  at?: string;
  /** Route pattern of the element, e.g. `/delivery/deployments/:key`. */
  path?: string;
  /** The person may do what the page asks about. */
  allowed?: boolean;
  signals?: FakeSignals;
}

/** Renders a piece of the plugin in an app with everything around it. */
export function renderDelivery(
  element: ReactElement,
  { api, ...options }: RenderOptions,
) {
  return renderInPortal(element, {
    apis: [[deliveryApiRef, api]],
    mountedRoutes: { '/delivery': rootRouteRef },
    ...options,
  });
}
