import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { RiPulseLine } from '@remixicon/react';
import { z } from 'zod';
import { createDeliveryClient, deliveryApiRef } from './api';
import {
  changeRouteRef,
  deploymentRouteRef,
  qualityRouteRef,
  rootRouteRef,
} from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: deliveryApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: createDeliveryClient,
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/delivery',
    routeRef: rootRouteRef,
    title: 'Delivery',
    icon: <RiPulseLine />,
    loader: () =>
      import('./pages/DeliveryRouter').then(m => <m.DeliveryRouter />),
  },
});

/** Services, and everything that consists of them or owns them. */
const OF_SERVICES = {
  kind: { $in: ['component', 'system', 'domain', 'group'] },
};

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/delivery',
    title: 'Delivery',
    group: 'deployment',
    filter: OF_SERVICES,
    loader: () => import('./entity').then(m => <m.EntityDelivery />),
  },
});

const entityCard = EntityCardBlueprint.makeWithOverrides({
  configSchema: {
    windowDays: z.number().int().positive().max(1_100).default(30),
  },
  factory(originalFactory, { config }) {
    return originalFactory({
      type: 'info',
      filter: OF_SERVICES,
      loader: () =>
        import('./entity').then(m => (
          <m.EntityDeliveryCard windowDays={config.windowDays} />
        )),
    });
  },
});

const myServices = HomePageWidgetBlueprint.make({
  name: 'my-services',
  params: {
    name: 'delivery-my-services',
    title: 'My services',
    description: 'Lead time and deployments of the services you own',
    components: () =>
      import('./home').then(m => ({
        Content: m.MyServices,
        // For a home page that shows titles in the reader's language.
        Title: m.MyServicesTitle,
      })),
    layout: {
      width: { minColumns: 3, defaultColumns: 4 },
      height: { minRows: 3, defaultRows: 5 },
    },
  },
});

/**
 * DORA metrics, and the facts behind every number.
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'delivery',
  title: 'Delivery',
  icon: <RiPulseLine />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    deployment: deploymentRouteRef,
    change: changeRouteRef,
    quality: qualityRouteRef,
  },
  extensions: [api, page, entityContent, entityCard, myServices],
});
