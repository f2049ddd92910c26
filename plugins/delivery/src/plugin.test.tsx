import { screen } from '@testing-library/react';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import plugin, { deliveryApiRef, deliveryTranslationRef } from '.';
import alpha from './alpha';
import { metricsApi } from './__testUtils__/renderPages';
import { deliveryPlugin } from './legacy';
import {
  changeRouteRef,
  deploymentRouteRef,
  qualityRouteRef,
  rootRouteRef,
} from './routes';

beforeEach(() => localStorage.clear());

describe('the delivery plugin', () => {
  it('is one object on both entries', () => {
    expect(alpha).toBe(plugin);
    expect(deliveryTranslationRef.id).toBe('plugin.delivery');
  });

  it('opens its page in an app', async () => {
    renderTestApp({
      features: [plugin],
      apis: [
        [deliveryApiRef, metricsApi()],
        [catalogApiRef, catalogApiMock({ entities: [] })],
      ],
      initialRouteEntries: ['/delivery'],
    });
    expect(
      await screen.findByRole('article', { name: 'Lead time' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'Delivery performance' }),
    ).toBeInTheDocument();
  });

  it('brings the tab, the card and the widget', () => {
    const ids = [
      'page:delivery',
      'api:delivery',
      'entity-content:delivery',
      'entity-card:delivery',
      'home-page-widget:delivery/my-services',
    ] as const;
    ids.forEach(id => expect(() => plugin.getExtension(id)).not.toThrow());
    const widget = createExtensionTester(
      plugin.getExtension('home-page-widget:delivery/my-services'),
    ).get(homePageWidgetDataRef);
    expect(widget.title).toBe('My services');
  });

  it('has the same routes in the legacy system', () => {
    expect(deliveryPlugin.getId()).toBe('delivery');
    expect(deliveryPlugin.routes).toEqual({
      root: rootRouteRef,
      deployment: deploymentRouteRef,
      change: changeRouteRef,
      quality: qualityRouteRef,
    });
  });
});
