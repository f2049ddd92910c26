import type { Entity } from '@backstage/catalog-model';
import { renderInPortal, type PortalOptions } from '@fawkes/kit-ui/testUtils';
import type { ReactElement } from 'react';
import { ME, MY_TEAM } from '../../dev/builders';
import { provisioningApiRef, type ProvisioningApi } from '../api';
import { ProvisioningRouter } from '../pages/ProvisioningRouter';
import { rootRouteRef } from '../routes';

/** Groups the catalog knows. */
export const GROUPS: Entity[] = [
  ['payments-core', 'Payments Core'],
  ['ledger', 'Ledger'],
].map(([name, displayName]) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', children: [], profile: { displayName } },
}));

/** How pages are opened in a test. */
export interface PageOptions extends Omit<PortalOptions, 'mountedRoutes'> {
  api: ProvisioningApi;
  element?: ReactElement;
}

/** Opens the pages of the plugin at an address, in an app with everything around them. */
export function renderPages({
  api,
  element = <ProvisioningRouter />,
  apis = [],
  ...options
}: PageOptions) {
  return renderInPortal(element, {
    apis: [[provisioningApiRef, api], ...apis],
    mountedRoutes: { '/provisioning': rootRouteRef },
    path: '/provisioning/*',
    at: '/provisioning',
    entities: GROUPS,
    ownership: [ME, MY_TEAM],
    allowed: false,
    ...options,
  });
}
