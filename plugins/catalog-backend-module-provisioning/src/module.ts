import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { PROVISIONING_TOPICS } from '@fawkes/backstage-plugin-provisioning-common';
import { provisioningServiceRef } from '@fawkes/backstage-plugin-provisioning-node';
import { ProvisioningEntityProvider, type NewsOfService } from './provider';

const SCHEDULE = 'catalog.providers.provisioning.schedule';

const USUAL: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 2 },
  timeout: { minutes: 1 },
  initialDelay: { seconds: 3 },
};

/** Puts services of the provisioning plugin's own computer into the catalog. @public */
export const catalogModuleProvisioning = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'provisioning',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        logger: coreServices.logger,
        provisioning: provisioningServiceRef,
        scheduler: coreServices.scheduler,
      },
      async init({
        auth,
        catalog,
        config,
        events,
        logger,
        provisioning,
        scheduler,
      }) {
        const provider = new ProvisioningEntityProvider(
          async question =>
            provisioning.entities(question, {
              credentials: await auth.getOwnServiceCredentials(),
            }),
          logger,
        );
        catalog.addEntityProvider(provider);

        const schedule = config.getOptionalConfig(SCHEDULE);
        await scheduler
          .createScheduledTaskRunner(
            schedule
              ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
              : USUAL,
          )
          .run({
            id: 'provisioning-entities',
            fn: () => provider.refresh(),
          });
        await events.subscribe({
          id: 'catalog-provisioning-entities',
          topics: PROVISIONING_TOPICS,
          async onEvent({ topic, eventPayload }) {
            const news = newsIn(eventPayload);
            if (!news) return;
            try {
              await provider.refreshOne(news);
            } catch (error) {
              // What was missed is told with everything, in minutes.
              logger.warn(
                `The catalog could not be told of ${news.entityRef} after ${topic}: ${error}`,
              );
            }
          },
        });
      },
    });
  },
});

function newsIn(payload: unknown): NewsOfService | undefined {
  const { id, entityRef } = (payload ?? {}) as Partial<NewsOfService>;
  return typeof id === 'string' && typeof entityRef === 'string'
    ? { id, entityRef }
    : undefined;
}
