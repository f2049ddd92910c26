import {
  createFrontendModule,
  PageLayout,
} from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { PortalPage } from './PortalPage';

/** What stands around the pages of plugins. */
export const pageModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SwappableComponentBlueprint.make({
      // The name of the one that it takes the place of.
      name: 'core-page-layout',
      params: define =>
        define({ component: PageLayout, loader: () => PortalPage }),
    }),
  ],
});
