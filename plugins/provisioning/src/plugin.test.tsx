import {
  createExtensionTester,
  mockApis,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import plugin, { provisioningApiRef, provisioningTranslationRef } from '.';
import alpha from './alpha';
import { aPortal } from './__testUtils__/fakeApi';
import { provisioningPlugin } from './legacy';
import * as routes from './routes';

beforeEach(() => localStorage.clear());

describe('the provisioning plugin', () => {
  it('is one object on both entries', () => {
    expect(alpha).toBe(plugin);
    expect(provisioningTranslationRef.id).toBe('plugin.provisioning');
  });

  it('opens its page in an app', async () => {
    renderTestApp({
      features: [plugin],
      apis: [
        [provisioningApiRef, aPortal()],
        [catalogApiRef, catalogApiMock({ entities: [] })],
        [permissionApiRef, mockApis.permission()],
      ],
      initialRouteEntries: ['/provisioning'],
    });
    expect(await screen.findByText('Shop')).toBeVisible();
    expect(
      screen.getAllByRole('heading', { name: 'Services' }).length,
    ).toBeGreaterThan(0);
  });

  it('brings the tab and the widget', () => {
    const ids = [
      'page:provisioning',
      'api:provisioning',
      'entity-content:provisioning',
      'home-page-widget:provisioning/my-requests',
    ] as const;
    ids.forEach(id => expect(() => plugin.getExtension(id)).not.toThrow());
    const widget = createExtensionTester(
      plugin.getExtension('home-page-widget:provisioning/my-requests'),
    ).get(homePageWidgetDataRef);
    expect(widget.title).toBe('My requests and services');
  });

  it('has the same routes in the legacy system', () => {
    expect(provisioningPlugin.getId()).toBe('provisioning');
    expect(provisioningPlugin.routes).toEqual({
      root: routes.rootRouteRef,
      new: routes.newRouteRef,
      request: routes.requestRouteRef,
      update: routes.updateRouteRef,
      destroy: routes.destroyRouteRef,
      gpu: routes.gpuRouteRef,
      operator: routes.operatorRouteRef,
    });
  });
});
