import { renderInPortal, type PortalOptions } from '@fawkes/kit-ui/testUtils';
import type { ReactElement } from 'react';
import { type DeliveryApi, deliveryApiRef } from '../api';
import { rootRouteRef } from '../routes';

/** How a page is opened in a test. */
export interface RenderOptions
  extends Omit<PortalOptions, 'apis' | 'mountedRoutes'> {
  api: DeliveryApi;
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
