import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { dojoServiceRef } from '@fawkes/backstage-plugin-dojo-node';
import { DojoCollatorFactory } from './collator';

const SCHEDULE = 'search.collators.dojo.schedule';

/**
 * Lets the search find modules and lessons of the dojo.
 * @public
 */
export const searchModuleDojo = createBackendModule({
  pluginId: 'search',
  moduleId: 'dojo',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        dojo: dojoServiceRef,
        registry: searchIndexRegistryExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, dojo, registry, scheduler }) {
        const schedule = config.has(SCHEDULE)
          ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
              config.getConfig(SCHEDULE),
            )
          : {
              frequency: { minutes: 10 },
              timeout: { minutes: 5 },
              initialDelay: { seconds: 10 },
            };
        registry.addCollator({
          schedule: scheduler.createScheduledTaskRunner(schedule),
          factory: new DojoCollatorFactory({ auth, dojo }),
        });
      },
    });
  },
});
