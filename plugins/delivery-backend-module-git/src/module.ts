import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { deliverySourcesExtensionPoint } from '@fawkes/backstage-plugin-delivery-node';
import { readGitSourceOptions } from './config';
import { createGitSource } from './gitSource';

/** Registers plain git history as a source of the delivery plugin. @public */
export const deliveryModuleGit = createBackendModule({
  pluginId: 'delivery',
  moduleId: 'git',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: deliverySourcesExtensionPoint,
      },
      async init({ config, sources }) {
        sources.addSource(createGitSource(readGitSourceOptions(config)));
      },
    });
  },
});
