import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { deliveryPermissions } from '@fawkes/backstage-plugin-delivery-common';
import {
  deliverySourcesExtensionPoint,
  type DeliverySource,
} from '@fawkes/backstage-plugin-delivery-node';
import { createCdeventsSource } from './cdevents';
import { readDeliveryConfig } from './config';
import { startDelivery } from './startDelivery';
import { ownedEntities } from '@fawkes/kit-backend/access';
import { familyServices } from '@fawkes/kit-backend/http';
import {
  deliveryServiceResourceRef,
  deliveryServiceRules,
} from './permissions/rules';

/**
 * The delivery backend: durable intake, DORA metrics, explainable links.
 * @public
 */
export const deliveryPlugin = createBackendPlugin({
  pluginId: 'delivery',
  register(env) {
    const sources = new Map<string, DeliverySource>();
    const addSource = (source: DeliverySource) => {
      if (sources.has(source.id)) {
        throw new Error(
          `A delivery source '${source.id}' is installed already`,
        );
      }
      sources.set(source.id, source);
    };
    addSource(createCdeventsSource());
    env.registerExtensionPoint(deliverySourcesExtensionPoint, { addSource });

    env.registerInit({
      deps: {
        ...familyServices,
        actionsRegistry: actionsRegistryServiceRef,
        auth: coreServices.auth,
        rootConfig: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        metrics: metricsServiceRef,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init({ rootConfig, ...services }) {
        const config = readDeliveryConfig(rootConfig);
        services.permissionsRegistry.addPermissions(
          deliveryPermissions.filter(
            permission => !isResourcePermission(permission),
          ),
        );
        services.permissionsRegistry.addResourceType({
          resourceRef: deliveryServiceResourceRef,
          permissions: deliveryPermissions.filter(permission =>
            isResourcePermission(permission),
          ),
          rules: Object.values(deliveryServiceRules),
          getResources: ownedEntities(services),
        });
        await startDelivery({ config, sources, ...services });
      },
    });
  },
});
