import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      provisioning?: {
        /**
         * How often the provisioning plugin is asked for all of its entities, besides
         * when it says that some are new. Default: every two minutes.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
    };
  };
}
