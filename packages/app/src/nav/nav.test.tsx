import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { navModule } from '.';

function plugin(pluginId: string, title: string) {
  return createFrontendPlugin({
    pluginId,
    title,
    icon: <svg />,
    extensions: [
      PageBlueprint.make({
        params: {
          path: `/${pluginId}`,
          routeRef: createRouteRef(),
          title,
          loader: async () => <p>{`This is ${pluginId}`}</p>,
        },
      }),
    ],
  });
}

function open(...plugins: Array<ReturnType<typeof plugin>>) {
  return renderTestApp({
    features: [navModule, ...plugins],
    initialRouteEntries: ['/'],
  });
}

async function entries() {
  const nav = await screen.findByRole('navigation', { name: 'sidebar nav' });
  return within(nav)
    .getAllByRole('link')
    .map(link => link.getAttribute('aria-label'));
}

describe('the navigation', () => {
  it('lists the everyday pages first, then those of other plugins by title', async () => {
    open(
      plugin('zoo', 'Zoo'),
      plugin('user-settings', 'Settings'),
      plugin('dojo', 'Dojo'),
      plugin('delivery', 'Delivery'),
      plugin('cab', 'Changes'),
      plugin('search', 'Search'),
      plugin('scaffolder', 'Templates'),
      plugin('catalog', 'Catalog'),
    );
    expect(await entries()).toEqual([
      'Fawkes: Home',
      'Catalog',
      'Create',
      'Delivery',
      'Changes',
      'Dojo',
      'Zoo',
      'Search',
      'Settings',
    ]);
  });

  it('lists nothing that is not installed', async () => {
    open(plugin('catalog', 'Catalog'));
    expect(await entries()).toEqual(['Fawkes: Home', 'Catalog']);
  });

  it('leads from "Create" to asking for a service where that can be done', async () => {
    open(plugin('scaffolder', 'Templates'), plugin('provisioning', 'Services'));
    expect(await entries()).toEqual([
      'Fawkes: Home',
      'Create',
      'Services',
      'Templates',
    ]);
    expect(screen.getByRole('link', { name: 'Create' })).toHaveAttribute(
      'href',
      '/provisioning/new',
    );
  });

  it('leaves out the tools of developers', async () => {
    open(plugin('catalog', 'Catalog'), plugin('app-visualizer', 'Visualizer'));
    expect(await entries()).not.toContain('Visualizer');
  });

  it.each(['{Control>}k{/Control}', '{Meta>}k{/Meta}'])(
    'opens the search with %s',
    async keys => {
      open(plugin('search', 'Search'));
      await entries();
      await userEvent.keyboard(keys);
      expect(await screen.findByText('This is search')).toBeVisible();
    },
  );
});
