import { fakeClient } from '@fawkes/kit-contract';
import { dojoRoutes } from '@fawkes/backstage-plugin-dojo-common';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import { screen } from '@testing-library/react';
import plugin, { createDojoClient, dojoApiRef } from '.';
import { aDojo } from './__testUtils__/answers';
import { renderDojo } from './__testUtils__/renderDojo';
import { MyNextStep } from './home';

it('opens its page in an app', async () => {
  renderTestApp({
    features: [plugin],
    apis: [
      [dojoApiRef, fakeClient(dojoRoutes, { getDojo: async () => aDojo() })],
    ],
    initialRouteEntries: ['/dojo'],
  });
  expect(await screen.findByText('Read: Whose is this?')).toBeInTheDocument();
});

it('brings a card for the home page', async () => {
  const widget = createExtensionTester(
    plugin.getExtension('home-page-widget:dojo/next-step'),
  ).get(homePageWidgetDataRef);
  expect(widget.title).toBe('My next step');
  renderDojo(
    '/dojo',
    { getDojo: async () => aDojo() },
    { element: <MyNextStep /> },
  );
  expect(
    await screen.findByRole('link', { name: 'Begin' }),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('link', { name: 'All belts and modules' }),
  ).toHaveAttribute('href', '/dojo');
});

it('asks the backend of the dojo', async () => {
  const asked: string[] = [];
  const client = createDojoClient({
    fetchApi: {
      fetch: async url => {
        asked.push(String(url));
        return new Response('{}');
      },
    },
  });
  await client.getLesson({ module: 'a', lesson: 'b' });
  expect(asked).toEqual(['plugin://dojo/modules/a/lessons/b']);
});
