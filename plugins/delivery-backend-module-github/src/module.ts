import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliverySourcesExtensionPoint } from '@fawkes/backstage-plugin-delivery-node';
import { readGithubSourceOptions } from './config';
import { createGithubSource } from './githubSource';

/** Registers GitHub as a source of the delivery plugin. @public */
export const deliveryModuleGithub = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'github',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: deliverySourcesExtensionPoint,
      },
      async init({ config, sources }) {
        sources.addSource(createGithubSource(readGithubSourceOptions(config)));
      },
    });
  },
});
