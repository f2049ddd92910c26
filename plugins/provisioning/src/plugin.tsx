import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { ANNOTATION_PROVISIONING_REQUEST } from '@fawkes/backstage-plugin-provisioning-common';
import { RiServerLine } from '@remixicon/react';
import { createProvisioningClient, provisioningApiRef } from './api';
import {
  destroyRouteRef,
  gpuRouteRef,
  newRouteRef,
  operatorRouteRef,
  requestRouteRef,
  rootRouteRef,
  updateRouteRef,
} from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: provisioningApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: createProvisioningClient,
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/provisioning',
    routeRef: rootRouteRef,
    title: 'Services',
    icon: <RiServerLine />,
    loader: () =>
      import('./pages/ProvisioningRouter').then(m => <m.ProvisioningRouter />),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/provisioning',
    title: 'Service',
    group: 'operation',
    // What was not made here has nothing to say.
    filter: {
      kind: 'component',
      [`metadata.annotations.${ANNOTATION_PROVISIONING_REQUEST}`]: {
        $exists: true,
      },
    },
    loader: () => import('./entity').then(m => <m.EntityProvisioning />),
  },
});

const myRequests = HomePageWidgetBlueprint.make({
  name: 'my-requests',
  params: {
    name: 'provisioning-my-requests',
    title: 'My requests and services',
    description: 'What you and your groups asked for, and how it runs',
    components: () =>
      import('./home').then(m => ({
        Content: m.MyRequests,
        // For a home page that shows titles in the reader's language.
        Title: m.MyRequestsTitle,
      })),
    layout: {
      width: { minColumns: 3, defaultColumns: 4 },
      height: { minRows: 3, defaultRows: 5 },
    },
  },
});

/**
 * Services from the portal: from a form to a running service, and back to nothing.
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'provisioning',
  title: 'Services',
  icon: <RiServerLine />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    new: newRouteRef,
    request: requestRouteRef,
    update: updateRouteRef,
    destroy: destroyRouteRef,
    gpu: gpuRouteRef,
    operator: operatorRouteRef,
  },
  extensions: [api, page, entityContent, myRequests],
});
