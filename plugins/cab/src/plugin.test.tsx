import {
  createExtensionTester,
  mockApis,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import plugin, { cabApiRef, cabTranslationRef } from '.';
import alpha from './alpha';
import { aPortal } from './__testUtils__/fakeApi';
import { cabPlugin, isCabAvailable } from './legacy';
import * as routes from './routes';

const entityOf = (kind: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'x', namespace: 'default' },
});

describe('the change approval plugin', () => {
  it('is one object on both entries', () => {
    expect(alpha).toBe(plugin);
    expect(cabTranslationRef.id).toBe('plugin.cab');
  });

  it('opens its page in an app', async () => {
    renderTestApp({
      features: [plugin],
      apis: [
        [cabApiRef, aPortal()],
        [catalogApiRef, catalogApiMock({ entities: [] })],
        [permissionApiRef, mockApis.permission()],
      ],
      initialRouteEntries: ['/changes'],
    });
    expect(await screen.findByText('Refund in two steps')).toBeVisible();
  });

  it('brings the widget, and the tab for what changes', () => {
    const widget = createExtensionTester(
      plugin.getExtension('home-page-widget:cab/waiting-for-me'),
    ).get(homePageWidgetDataRef);
    expect(widget.title).toBe('Changes waiting for me');
    const filter = createExtensionTester(
      plugin.getExtension('entity-content:cab'),
    ).get(EntityContentBlueprint.dataRefs.filterFunction);
    const kinds = ['Component', 'System', 'Resource', 'API', 'Group', 'User'];
    const expected = [true, true, true, false, false, false];
    expect(kinds.map(kind => filter?.(entityOf(kind)))).toEqual(expected);
    expect(kinds.map(kind => isCabAvailable(entityOf(kind)))).toEqual(expected);
  });

  it('has the same routes in the legacy system', () => {
    expect(cabPlugin.routes).toEqual({
      root: routes.rootRouteRef,
      new: routes.newRouteRef,
      calendar: routes.calendarRouteRef,
      change: routes.changeRouteRef,
      edit: routes.editRouteRef,
    });
  });
});
