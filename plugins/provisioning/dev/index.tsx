import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import provisioningPlugin, { provisioningApiRef } from '../src';
import { mockProvisioningApi } from './mockApi';

/** The pages without a backend: services that are invented in the browser. */
const mockProvisioning = createFrontendModule({
  pluginId: 'provisioning',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: provisioningApiRef,
          deps: {},
          factory: () => mockProvisioningApi(),
        }),
    }),
  ],
});

/** Stands in for the catalog plugin, which owns this API. */
const mockCatalog = createFrontendPlugin({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () =>
            catalogApiMock({
              entities: ['payments-core', 'ledger'].map(name => ({
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Group',
                metadata: { name, namespace: 'default' },
                spec: { type: 'team', children: [] },
              })),
            }),
        }),
    }),
  ],
});

createDevApp({
  features: [provisioningPlugin, mockProvisioning, mockCatalog],
});
