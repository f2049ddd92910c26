/**
 * The change approval plugin for apps on the legacy frontend system.
 *
 * @packageDocumentation
 */
import type { Entity } from '@backstage/catalog-model';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import type { JSX } from 'react';
import { cabApiRef, createCabClient } from './api';
import {
  calendarRouteRef,
  changeRouteRef,
  editRouteRef,
  newRouteRef,
  rootRouteRef,
} from './routes';

/** The plugin for the legacy frontend system. @public */
export const cabPlugin = createPlugin({
  id: 'cab',
  routes: {
    root: rootRouteRef,
    new: newRouteRef,
    calendar: calendarRouteRef,
    change: changeRouteRef,
    edit: editRouteRef,
  },
  apis: [
    createApiFactory({
      api: cabApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: createCabClient,
    }),
  ],
});

const KINDS = ['component', 'system', 'resource'];

/** Whether changes to an entity can be asked for. @public */
export function isCabAvailable(entity: Entity): boolean {
  return KINDS.includes(entity.kind.toLowerCase());
}

/** Every page below `/changes`. @public */
export const CabPage: () => JSX.Element = cabPlugin.provide(
  createRoutableExtension({
    name: 'CabPage',
    component: () => import('./pages/LegacyCabPage').then(m => m.LegacyCabPage),
    mountPoint: rootRouteRef,
  }),
);

/** The Changes tab of an entity page, for which see {@link isCabAvailable}. @public */
export const EntityCabContent: () => JSX.Element = cabPlugin.provide(
  createComponentExtension({
    name: 'EntityCabContent',
    component: { lazy: () => import('./entity').then(m => m.EntityChanges) },
  }),
);

/** "Changes waiting for me", for a home page. @public */
export const WaitingForMeCard: () => JSX.Element = cabPlugin.provide(
  createComponentExtension({
    name: 'WaitingForMeCard',
    component: { lazy: () => import('./home').then(m => m.WaitingForMe) },
  }),
);
