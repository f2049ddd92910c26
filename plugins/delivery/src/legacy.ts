/**
 * The delivery plugin for apps on the legacy frontend system.
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
import { createDeliveryClient, deliveryApiRef } from './api';
import type { EntityDeliveryCardProps } from './entity';
import {
  changeRouteRef,
  deploymentRouteRef,
  qualityRouteRef,
  rootRouteRef,
} from './routes';

export type { EntityDeliveryCardProps };

/** The plugin for the legacy frontend system. @public */
export const deliveryPlugin = createPlugin({
  id: 'delivery',
  routes: {
    root: rootRouteRef,
    deployment: deploymentRouteRef,
    change: changeRouteRef,
    quality: qualityRouteRef,
  },
  apis: [
    createApiFactory({
      api: deliveryApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: createDeliveryClient,
    }),
  ],
});

/** Every page below `/delivery`. @public */
export const DeliveryPage: () => JSX.Element = deliveryPlugin.provide(
  createRoutableExtension({
    name: 'DeliveryPage',
    component: () =>
      import('./pages/LegacyDeliveryPage').then(m => m.LegacyDeliveryPage),
    mountPoint: rootRouteRef,
  }),
);

/** The Delivery tab of an entity page. @public */
export const EntityDeliveryContent: () => JSX.Element = deliveryPlugin.provide(
  createComponentExtension({
    name: 'EntityDeliveryContent',
    component: { lazy: () => import('./entity').then(m => m.EntityDelivery) },
  }),
);

/** The delivery card of an entity's overview. @public */
export const EntityDeliveryOverviewCard: (
  props: EntityDeliveryCardProps,
) => JSX.Element = deliveryPlugin.provide(
  createComponentExtension({
    name: 'EntityDeliveryOverviewCard',
    component: {
      lazy: () => import('./entity').then(m => m.EntityDeliveryCard),
    },
  }),
);

/** "My services", for a home page. @public */
export const MyServicesCard: () => JSX.Element = deliveryPlugin.provide(
  createComponentExtension({
    name: 'MyServicesCard',
    component: { lazy: () => import('./home').then(m => m.MyServices) },
  }),
);
