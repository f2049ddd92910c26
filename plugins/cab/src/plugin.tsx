import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { RiShieldCheckLine } from '@remixicon/react';
import { cabApiRef, createCabClient } from './api';
import {
  calendarRouteRef,
  changeRouteRef,
  editRouteRef,
  newRouteRef,
  rootRouteRef,
} from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: cabApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: createCabClient,
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/changes',
    routeRef: rootRouteRef,
    title: 'Changes',
    icon: <RiShieldCheckLine />,
    loader: () => import('./pages/CabRouter').then(m => <m.CabRouter />),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/changes',
    title: 'Changes',
    // A tab of its own: in a group it would hide the tabs of other families in a menu.
    filter: { kind: { $in: ['component', 'system', 'resource'] } },
    loader: () => import('./entity').then(m => <m.EntityChanges />),
  },
});

const waiting = HomePageWidgetBlueprint.make({
  name: 'waiting-for-me',
  params: {
    name: 'cab-waiting-for-me',
    title: 'Changes waiting for me',
    description: 'Change requests that you can decide and have not',
    components: () =>
      import('./home').then(m => ({
        Content: m.WaitingForMe,
        // For a home page that shows titles in the reader's language.
        Title: m.WaitingForMeTitle,
      })),
    layout: {
      width: { minColumns: 3, defaultColumns: 4 },
      height: { minRows: 3, defaultRows: 5 },
    },
  },
});

/**
 * Change approval on the catalog entity: may this ship, who said so, and why.
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'cab',
  title: 'Changes',
  icon: <RiShieldCheckLine />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    new: newRouteRef,
    calendar: calendarRouteRef,
    change: changeRouteRef,
    edit: editRouteRef,
  },
  extensions: [api, page, entityContent, waiting],
});
