import { renderInPortal, type PortalOptions } from '@fawkes/kit-ui/testUtils';
import type { Entity } from '@backstage/catalog-model';
import type { ReactElement } from 'react';
import { ME } from '../../dev/builders';
import { cabApiRef, type CabApi } from '../api';
import { CabRouter } from '../pages/CabRouter';
import { rootRouteRef } from '../routes';

/** People and groups the catalog knows. */
const KNOWN: Entity[] = [
  ['Group', 'board', 'Change Board'],
  ['Group', 'payments', 'Payments'],
  ['User', 'jonas', 'Jonas Lindqvist'],
  ['User', 'bea', 'Beatriz Nogueira'],
].map(([kind, name, displayName]) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: { profile: { displayName } },
}));

/** How pages are opened in a test. */
export interface PageOptions extends Omit<PortalOptions, 'mountedRoutes'> {
  api: CabApi;
  element?: ReactElement;
}

/** Opens the pages of the plugin at an address, in an app with everything around them. */
export function renderPages({
  api,
  element = <CabRouter />,
  apis = [],
  ...options
}: PageOptions) {
  return renderInPortal(element, {
    apis: [[cabApiRef, api], ...apis],
    mountedRoutes: { '/changes': rootRouteRef },
    path: '/changes/*',
    at: '/changes',
    entities: KNOWN,
    ownership: [ME],
    ...options,
  });
}
