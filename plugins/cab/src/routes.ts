import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** What waits for whom, `/changes` unless configured otherwise. @public */
export const rootRouteRef = createRouteRef({ id: 'cab' });

/** Asking for a change. @public */
export const newRouteRef = createSubRouteRef({
  id: 'cab-new',
  parent: rootRouteRef,
  path: '/new',
});

/** When nothing starts, and what is planned. @public */
export const calendarRouteRef = createSubRouteRef({
  id: 'cab-calendar',
  parent: rootRouteRef,
  path: '/calendar',
});

/** One change request. @public */
export const changeRouteRef = createSubRouteRef({
  id: 'cab-change',
  parent: rootRouteRef,
  path: '/:id',
});

/** Another revision of a change request. @public */
export const editRouteRef = createSubRouteRef({
  id: 'cab-edit',
  parent: rootRouteRef,
  path: '/:id/edit',
});
