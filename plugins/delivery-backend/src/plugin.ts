import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import {
  deliveryPermissions,
  deliveryRoutes,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  deliverySourcesExtensionPoint,
  type DeliverySource,
} from '@fawkes/backstage-plugin-delivery-node';
import { createCdeventsSource } from './cdevents';
import { readDeliveryConfig } from './config';
import { startDelivery } from './startDelivery';
import { ownedEntities } from '@fawkes/kit-backend/access';
import {
  checkCallersOurselves,
  readinessServiceRef,
} from '@fawkes/kit-backend/http';
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
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        rootConfig: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        readiness: readinessServiceRef,
      },
      async init({ rootConfig, ...services }) {
        const config = readDeliveryConfig(rootConfig);
        const ofServices = deliveryPermissions.filter(permission =>
          isResourcePermission(permission),
        );
        services.permissionsRegistry.addPermissions(
          deliveryPermissions.filter(
            permission => !isResourcePermission(permission),
          ),
        );
        services.permissionsRegistry.addResourceType({
          resourceRef: deliveryServiceResourceRef,
          permissions: ofServices,
          rules: Object.values(deliveryServiceRules),
          getResources: ownedEntities(services),
        });
        const router = await startDelivery({ config, sources, ...services });
        checkCallersOurselves(services.httpRouter, deliveryRoutes);
        services.httpRouter.use(router);
      },
    });
  },
});
