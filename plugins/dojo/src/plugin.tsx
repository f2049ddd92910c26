import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { RiGraduationCapLine } from '@remixicon/react';
import { createDojoClient, dojoApiRef } from './api';
import {
  beltRouteRef,
  lessonRouteRef,
  mineRouteRef,
  moduleRouteRef,
  quizRouteRef,
  rootRouteRef,
  teamsRouteRef,
} from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: dojoApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: createDojoClient,
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/dojo',
    routeRef: rootRouteRef,
    title: 'Dojo',
    icon: <RiGraduationCapLine />,
    loader: () => import('./pages/DojoRouter').then(m => <m.DojoRouter />),
  },
});

const nextStep = HomePageWidgetBlueprint.make({
  name: 'next-step',
  params: {
    name: 'dojo-next-step',
    title: 'My next step',
    description: 'The next lesson or quiz on the way to a belt',
    components: () =>
      import('./home').then(m => ({
        Content: m.MyNextStep,
        // For a home page that shows titles in the reader's language.
        Title: m.MyNextStepTitle,
      })),
    layout: {
      width: { minColumns: 3, defaultColumns: 4 },
      height: { minRows: 2, defaultRows: 3 },
    },
  },
});

/**
 * Learning in the portal: belts, modules, lessons, and quizzes that are graded on
 * the server.
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'dojo',
  title: 'Dojo',
  icon: <RiGraduationCapLine />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    module: moduleRouteRef,
    lesson: lessonRouteRef,
    quiz: quizRouteRef,
    belt: beltRouteRef,
    mine: mineRouteRef,
    teams: teamsRouteRef,
  },
  extensions: [api, page, nextStep],
});
