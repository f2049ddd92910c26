import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import cabPlugin, { cabApiRef } from '../src';
import { mockCabApi } from './mockApi';

/** The pages without a backend: changes that are invented in the browser. */
const mockCab = createFrontendModule({
  pluginId: 'cab',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: cabApiRef,
          deps: {},
          factory: () => mockCabApi(),
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
          factory: () => catalogApiMock({ entities: [] }),
        }),
    }),
  ],
});

createDevApp({ features: [cabPlugin, mockCab, mockCatalog] });
