import {
  coreExtensionData,
  createExtensionInput,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import plugin, { provisioningApiRef } from '.';
import { REQUEST } from '../dev/builders';
import { aPortal } from './__testUtils__/fakeApi';

beforeEach(() => localStorage.clear());

/** A catalog with a page for entities, which has tabs. */
const catalog = createFrontendPlugin({
  pluginId: 'catalog',
  extensions: [
    PageBlueprint.makeWithOverrides({
      name: 'entity',
      inputs: { contents: createExtensionInput([coreExtensionData.routePath]) },
      factory: originalFactory =>
        originalFactory({
          path: '/catalog/:namespace/:kind/:name',
          routeRef: entityRouteRef,
          loader: async () => <p>An entity</p>,
        }),
    }),
  ],
});
const delivery = createFrontendPlugin({
  pluginId: 'delivery',
  extensions: [
    EntityContentBlueprint.make({
      params: {
        path: '/delivery',
        title: 'Delivery',
        loader: async () => <p>How it delivers</p>,
      },
    }),
  ],
});

const open = (extensions: object[] = []) =>
  renderTestApp({
    features: [plugin, catalog, delivery],
    config: { app: { extensions } } as never,
    apis: [
      [provisioningApiRef, aPortal()],
      [catalogApiRef, catalogApiMock({ entities: [] })],
      [permissionApiRef, mockApis.permission()],
    ],
    initialRouteEntries: [`/provisioning/requests/${REQUEST}`],
  });

it('a request leads to how it delivers', async () => {
  open();
  expect(
    await screen.findByRole('link', { name: 'See how it delivers' }),
  ).toHaveAttribute('href', '/catalog/default/component/shop/delivery');
});

it('a request leads to no tab that is switched off', async () => {
  open([{ 'entity-content:delivery': false }]);
  expect(
    await screen.findByRole('link', { name: 'Open its catalog page' }),
  ).toBeVisible();
  expect(
    screen.queryByRole('link', { name: 'See how it delivers' }),
  ).toBeNull();
});
