import {
  createFrontendPlugin,
  createRouteRef,
  identityApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import homePlugin from '@backstage/plugin-home/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { homeModule } from '.';

/** A family of plugins: a page, and a card for the home page. */
const catalog = createFrontendPlugin({
  pluginId: 'catalog',
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/catalog',
        routeRef: createRouteRef(),
        title: 'Catalog',
        loader: async () => <p>The catalog</p>,
      },
    }),
    HomePageWidgetBlueprint.make({
      name: 'mine',
      params: {
        title: 'My services',
        components: async () => ({
          Content: () => <p>payments-api</p>,
          Actions: () => <a href="/all">All services</a>,
          Title: () => <>What I own</>,
        }),
      },
    }),
  ],
});
const search = createFrontendPlugin({
  pluginId: 'search',
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/search',
        routeRef: createRouteRef(),
        title: 'Search',
        loader: async () => <p>Results for {window.location.search}</p>,
      },
    }),
  ],
});

function open(app: { sampleOrganisation?: boolean } = {}) {
  return renderTestApp({
    features: [homePlugin, homeModule, catalog, search],
    initialRouteEntries: ['/home'],
    config: {
      app: {
        ...app,
        extensions: [
          { 'home-page-widget:home/starred-entities': false },
          { 'home-page-widget:home/random-joke': false },
          { 'home-page-widget:home/toolkit': false },
          { 'home-page-widget:home/world-clock': false },
          { 'home-page-widget:home/most-visited': false },
          { 'home-page-widget:home/recently-visited': false },
        ],
      },
    },
    apis: [
      [
        identityApiRef,
        mockApis.identity({
          userEntityRef: 'user:default/mira.okafor',
          displayName: 'Mira Okafor',
        }),
      ],
    ],
  });
}

describe('the home page', () => {
  it('greets by first name', async () => {
    open();
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: /^Good (morning|afternoon|evening), Mira$/,
      }),
    ).toBeInTheDocument();
  });

  it('shows the cards of installed plugins before its own', async () => {
    open();
    expect(await screen.findByText('payments-api')).toBeVisible();
    expect(screen.getByRole('link', { name: 'All services' })).toBeVisible();
    await screen.findByRole('heading', { name: 'First steps' });
    const titles = screen.getAllByRole('heading', { level: 2 });
    expect(titles.map(title => title.textContent)).toEqual([
      // What the card calls itself to this reader, and not what the extension is called.
      'What I own',
      'First steps',
    ]);
  });

  it('offers first steps to pages that exist, and to no others', async () => {
    open();
    const link = await screen.findByRole('link', { name: 'Open the catalog' });
    expect(link).toHaveAttribute('href', '/catalog');
    const list = link.closest('ul');
    expect(list && within(list).getAllByRole('link')).toHaveLength(1);
  });

  it('says that the organisation is invented only where it is', async () => {
    const page = open({ sampleOrganisation: true });
    expect(await screen.findByText(/invented organisation/)).toBeVisible();
    page.unmount();

    open();
    await screen.findByRole('link', { name: 'Open the catalog' });
    expect(screen.queryByText(/invented organisation/)).not.toBeInTheDocument();
  });

  it('takes a question to the search', async () => {
    open();
    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Search everything' }),
      'ledger{Enter}',
    );
    expect(await screen.findByText(/Results for/)).toBeVisible();
  });
});
