import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { cabServiceRef } from '@fawkes/backstage-plugin-cab-node';
import { ChangeCollatorFactory } from './collator';

/** Lets people find the change requests of entities they may see. @public */
export const searchModuleCab = createBackendModule({
  pluginId: 'search',
  moduleId: 'cab',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        cab: cabServiceRef,
        index: searchIndexRegistryExtensionPoint,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, cab, index, logger, scheduler }) {
        index.addCollator({
          schedule: scheduler.createScheduledTaskRunner({
            frequency: { minutes: 10 },
            timeout: { minutes: 5 },
            initialDelay: { seconds: 30 },
          }),
          factory: new ChangeCollatorFactory({ auth, cab, logger }),
        });
      },
    });
  },
});
