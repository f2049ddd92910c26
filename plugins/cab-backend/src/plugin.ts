import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { cabPermissions } from '@fawkes/backstage-plugin-cab-common';
import {
  changeFactsExtensionPoint,
  type ChangeFactsProvider,
} from '@fawkes/backstage-plugin-cab-node';
import { deliveryServiceRef } from '@fawkes/backstage-plugin-delivery-node';
import { provisioningServiceRef } from '@fawkes/backstage-plugin-provisioning-node';
import { ownedEntities } from '@fawkes/kit-backend/access';
import { familyServices } from '@fawkes/kit-backend/http';
import { readCabConfig } from './config';
import { cabEntityResourceRef, cabEntityRules } from './permissions/rules';
import { startCab } from './startCab';

/**
 * The change approval backend: an append-only record, votes bound to what was
 * looked at, and a gate for pipelines.
 * @public
 */
export const cabPlugin = createBackendPlugin({
  pluginId: 'cab',
  register(env) {
    const providers: ChangeFactsProvider[] = [];
    env.registerExtensionPoint(changeFactsExtensionPoint, {
      addProvider(provider) {
        if (providers.some(({ id }) => id === provider.id)) {
          throw new Error(
            `A provider of change facts '${provider.id}' is installed already`,
          );
        }
        providers.push(provider);
      },
    });
    env.registerInit({
      deps: {
        ...familyServices,
        actionsRegistry: actionsRegistryServiceRef,
        auth: coreServices.auth,
        database: coreServices.database,
        delivery: deliveryServiceRef,
        notifications: notificationService,
        provisioning: provisioningServiceRef,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
      },
      async init({ rootConfig, ...services }) {
        const config = readCabConfig(rootConfig);
        services.permissionsRegistry.addPermissions(
          cabPermissions.filter(
            permission => !isResourcePermission(permission),
          ),
        );
        services.permissionsRegistry.addResourceType({
          resourceRef: cabEntityResourceRef,
          permissions: cabPermissions.filter(permission =>
            isResourcePermission(permission),
          ),
          rules: Object.values(cabEntityRules),
          getResources: ownedEntities(services),
        });
        await startCab({ config, providers, ...services });
      },
    });
  },
});
