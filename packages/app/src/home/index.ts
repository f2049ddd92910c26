import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  HomePageLayoutBlueprint,
  HomePageWidgetBlueprint,
} from '@backstage/plugin-home-react/alpha';

const layout = HomePageLayoutBlueprint.make({
  params: { loader: () => import('./HomeLayout').then(m => m.HomeLayout) },
});

const firstSteps = HomePageWidgetBlueprint.make({
  name: 'first-steps',
  params: {
    name: 'FirstSteps',
    title: 'First steps',
    description: 'Ways into the portal, each one click away',
    layout: { width: { defaultColumns: 12 } },
    components: () =>
      import('./WaysIn').then(m => ({
        Content: m.WaysIn,
        Title: m.WaysInTitle,
      })),
  },
});

/** The home page's arrangement, and the one card the portal brings itself. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [layout, firstSteps],
});
