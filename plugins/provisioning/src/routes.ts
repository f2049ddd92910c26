import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** Requests, `/provisioning` unless configured otherwise. @public */
export const rootRouteRef = createRouteRef({ id: 'provisioning' });

/** Asking for a new service. @public */
export const newRouteRef = createSubRouteRef({
  id: 'provisioning-new',
  parent: rootRouteRef,
  path: '/new',
});

/** One request: how it goes, what exists, what can be done with it. @public */
export const requestRouteRef = createSubRouteRef({
  id: 'provisioning-request',
  parent: rootRouteRef,
  path: '/requests/:id',
});

/** Another spec for a request. @public */
export const updateRouteRef = createSubRouteRef({
  id: 'provisioning-update',
  parent: rootRouteRef,
  path: '/requests/:id/update',
});

/** Taking down what a request made. @public */
export const destroyRouteRef = createSubRouteRef({
  id: 'provisioning-destroy',
  parent: rootRouteRef,
  path: '/requests/:id/destroy',
});

/** How GPUs can be shared. @public */
export const gpuRouteRef = createSubRouteRef({
  id: 'provisioning-gpu',
  parent: rootRouteRef,
  path: '/gpu',
});

/** What the platform group looks at. @public */
export const operatorRouteRef = createSubRouteRef({
  id: 'provisioning-operator',
  parent: rootRouteRef,
  path: '/operator',
});
