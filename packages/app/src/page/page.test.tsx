import {
  appLanguageApiRef,
  createApiFactory,
  createFrontendModule,
  createFrontendPlugin,
  createRouteRef,
  ApiBlueprint,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { pageModule } from '.';

const pageOf = (pluginId: string, title: string) => {
  const root = createRouteRef();
  return createFrontendPlugin({
    pluginId,
    title,
    routes: { root },
    extensions: [
      PageBlueprint.make({
        params: {
          path: `/${pluginId}`,
          routeRef: root,
          title,
          loader: async () => <p>{`This is ${pluginId}`}</p>,
        },
      }),
    ],
  });
};

/** A choice of language that nobody changes. */
const languageModule = (language: string) =>
  createFrontendModule({
    pluginId: 'app',
    extensions: [
      ApiBlueprint.make({
        name: 'app-language',
        params: define =>
          define(
            createApiFactory(appLanguageApiRef, {
              getAvailableLanguages: () => ({ languages: ['en', 'de'] }),
              getLanguage: () => ({ language }),
              setLanguage() {},
              language$: () => ({
                subscribe: () => ({ unsubscribe() {}, closed: false }),
              }),
            } as unknown as typeof appLanguageApiRef.T),
          ),
      }),
    ],
  });

function open(language: string, pluginId: string, title: string) {
  renderTestApp({
    features: [pageModule, languageModule(language), pageOf(pluginId, title)],
    initialRouteEntries: [`/${pluginId}`],
  });
}

it.each([
  ['en', 'provisioning', 'Services', 'Services'],
  ['de', 'provisioning', 'Services', 'Dienste'],
  ['de', 'catalog', 'Catalog', 'Katalog'],
  ['de', 'dojo', 'Dojo', 'Dojo'],
])(
  'in %s the page of %s (%s) is called %s',
  async (language, id, title, said) => {
    open(language, id, title);
    expect(await screen.findByText(`This is ${id}`)).toBeVisible();
    expect(await screen.findByRole('link', { name: said })).toHaveAttribute(
      'href',
      `/${id}`,
    );
  },
);
