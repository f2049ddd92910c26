import { setTimeout as wait } from 'node:timers/promises';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { provisioningDriversExtensionPoint } from '@fawkes/backstage-plugin-provisioning-node';
import { readGithubOptions } from './config';
import type { ConnectionParts } from './connections';
import { GithubDriver } from './githubDriver';
import { GithubPlaces } from './githubPlaces';

/** Makes GitHub a place for repositories of the provisioning plugin. @public */
export const provisioningModuleGithub = createBackendModule({
  pluginId: 'provisioning',
  moduleId: 'github',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        drivers: provisioningDriversExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ auth, catalog, config, drivers, logger }) {
        const integrations = ScmIntegrations.fromConfig(config);
        const parts: ConnectionParts = {
          options: readGithubOptions(config, integrations),
          credentials:
            DefaultGithubCredentialsProvider.fromIntegrations(integrations),
          wait: async (milliseconds, signal) => {
            await wait(milliseconds, undefined, { signal });
          },
        };
        drivers.addDrivers(new GithubDriver(parts, { catalog, auth }));
        drivers.addPlaces(new GithubPlaces(parts, logger));
      },
    });
  },
});
