import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** The delivery page, `/delivery` unless configured otherwise. @public */
export const rootRouteRef = createRouteRef({ id: 'delivery' });

/** One deployment; `key` as given by the API. @public */
export const deploymentRouteRef = createSubRouteRef({
  id: 'delivery-deployment',
  parent: rootRouteRef,
  path: '/deployments/:key',
});

/** One change; `key` as given by the API. @public */
export const changeRouteRef = createSubRouteRef({
  id: 'delivery-change',
  parent: rootRouteRef,
  path: '/changes/:key',
});

/** Data quality: what is known, what is missing, and what to do. @public */
export const qualityRouteRef = createSubRouteRef({
  id: 'delivery-quality',
  parent: rootRouteRef,
  path: '/quality',
});
