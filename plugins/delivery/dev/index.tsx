import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import deliveryPlugin, { deliveryApiRef } from '../src';
import { mockDeliveryApi } from './mockApi';

/** The pages without a backend: invented history, made in the browser. */
const mockDelivery = createFrontendModule({
  pluginId: 'delivery',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: deliveryApiRef,
          deps: {},
          factory: () => mockDeliveryApi(),
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
              entities: ['checkout', 'ledger', 'payments-api'].map(name => ({
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Component',
                metadata: { name, namespace: 'default' },
                spec: { type: 'service' },
              })),
            }),
        }),
    }),
  ],
});

createDevApp({ features: [deliveryPlugin, mockDelivery, mockCatalog] });
