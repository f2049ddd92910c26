import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import deliveryPlugin, { deliveryApiRef } from '../src';
import { EntityDelivery, EntityDeliveryCard } from '../src/entity';
import { MockDeliveryApi } from './mockApi';

createDevApp({
  features: [
    deliveryPlugin,
    createFrontendModule({
      pluginId: 'delivery',
      extensions: [
        ApiBlueprint.make({
          params: d =>
            d({ api: deliveryApiRef, deps: {}, factory: () => new MockDeliveryApi() }),
        }),
      ],
    }),
    createFrontendPlugin({
      pluginId: 'ent',
      extensions: [
        PageBlueprint.make({
          params: {
            path: '/entity',
            loader: async () => (
              <EntityProvider entity={{ apiVersion: 'v1', kind: 'Component', metadata: { name: 'payments-api' } }}>
                <div style={{ padding: 24 }}>
                  <div style={{ maxWidth: 360 }}><EntityDeliveryCard /></div>
                  <EntityDelivery />
                </div>
              </EntityProvider>
            ),
          },
        }),
      ],
    }),
  ],
});
