/**
 * The provisioning plugin for apps on the legacy frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import type { JSX } from 'react';
import { createProvisioningClient, provisioningApiRef } from './api';
import {
  destroyRouteRef,
  gpuRouteRef,
  newRouteRef,
  operatorRouteRef,
  requestRouteRef,
  rootRouteRef,
  updateRouteRef,
} from './routes';

export { isProvisioningAvailable } from './entity/requestOf';

/** The plugin for the legacy frontend system. @public */
export const provisioningPlugin = createPlugin({
  id: 'provisioning',
  routes: {
    root: rootRouteRef,
    new: newRouteRef,
    request: requestRouteRef,
    update: updateRouteRef,
    destroy: destroyRouteRef,
    gpu: gpuRouteRef,
    operator: operatorRouteRef,
  },
  apis: [
    createApiFactory({
      api: provisioningApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: createProvisioningClient,
    }),
  ],
});

/** Every page below `/provisioning`. @public */
export const ProvisioningPage: () => JSX.Element = provisioningPlugin.provide(
  createRoutableExtension({
    name: 'ProvisioningPage',
    component: () =>
      import('./pages/LegacyProvisioningPage').then(
        m => m.LegacyProvisioningPage,
      ),
    mountPoint: rootRouteRef,
  }),
);

/** The Service tab of an entity page, for which see `isProvisioningAvailable`. @public */
export const EntityProvisioningContent: () => JSX.Element =
  provisioningPlugin.provide(
    createComponentExtension({
      name: 'EntityProvisioningContent',
      component: {
        lazy: () => import('./entity').then(m => m.EntityProvisioning),
      },
    }),
  );

/** "My requests and services", for a home page. @public */
export const MyRequestsCard: () => JSX.Element = provisioningPlugin.provide(
  createComponentExtension({
    name: 'MyRequestsCard',
    component: { lazy: () => import('./home').then(m => m.MyRequests) },
  }),
);
