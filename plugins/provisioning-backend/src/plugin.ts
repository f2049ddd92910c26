import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { InputError } from '@backstage/errors';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  provisioningPermissions,
  type RepositoryHost,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  provisioningDriversExtensionPoint,
  provisioningTemplatesExtensionPoint,
  type RepositoryPlaces,
} from '@fawkes/backstage-plugin-provisioning-node';
import { deliveryServiceRef } from '@fawkes/backstage-plugin-delivery-node';
import { familyServices } from '@fawkes/kit-backend/http';
import { openDatabase } from '@fawkes/kit-backend/sql';
import { readProvisioningConfig } from './config';
import type { EffectDriver } from './effects/driver';
import type { StartLocalHost } from './effects/localHost';
import { localHostStarter } from './host/localHostStarter';
import { ownedRequests } from './permissions/ownedRequests';
import {
  provisioningRequestResourceRef,
  provisioningRequestRules,
} from './permissions/rules';
import type { RunnerTimes } from './runner/core';
import { startProvisioning } from './startProvisioning';
import { MIGRATIONS } from './store/database';

/** What a build of the plugin has, and a test has otherwise. */
export interface ProvisioningPluginOptions {
  startLocalHost?: StartLocalHost;
  times?: Partial<RunnerTimes>;
}

/** Makes the plugin. */
export function provisioningPluginWith(options: ProvisioningPluginOptions) {
  return createBackendPlugin({
    pluginId: 'provisioning',
    register(env) {
      const templates: string[] = [];
      const drivers: EffectDriver[] = [];
      const places = new Map<RepositoryHost, RepositoryPlaces>();
      env.registerExtensionPoint(provisioningTemplatesExtensionPoint, {
        addTemplates: (...added) =>
          templates.push(...added.map(({ directory }) => directory)),
      });
      env.registerExtensionPoint(provisioningDriversExtensionPoint, {
        addDrivers: (...added) => drivers.push(...added),
        addPlaces(added) {
          if (places.has(added.host)) {
            throw new InputError(
              `Repositories on ${added.host} are brought by a module already`,
            );
          }
          places.set(added.host, added);
        },
      });

      env.registerInit({
        deps: {
          ...familyServices,
          actionsRegistry: actionsRegistryServiceRef,
          auth: coreServices.auth,
          rootConfig: coreServices.rootConfig,
          database: coreServices.database,
          events: eventsServiceRef,
          lifecycle: coreServices.lifecycle,
          notifications: notificationService,
          scheduler: coreServices.scheduler,
          signals: signalsServiceRef,
          userInfo: coreServices.userInfo,
          delivery: deliveryServiceRef,
        },
        async init(services) {
          const config = readProvisioningConfig(services.rootConfig);
          const db = await openDatabase(services.database, MIGRATIONS);
          services.permissionsRegistry.addPermissions(
            provisioningPermissions.filter(
              permission => !isResourcePermission(permission),
            ),
          );
          services.permissionsRegistry.addResourceType({
            resourceRef: provisioningRequestResourceRef,
            permissions: provisioningPermissions.filter(permission =>
              isResourcePermission(permission),
            ),
            rules: Object.values(provisioningRequestRules),
            getResources: ownedRequests(db),
          });
          await startProvisioning({
            startLocalHost: localHostStarter({ ...services, config }),
            ...services,
            ...options,
            config,
            db,
            templates,
            drivers,
            places,
          });
        },
      });
    },
  });
}

/**
 * The provisioning backend: requests, their ledger, and what runs effects.
 * @public
 */
export const provisioningPlugin = provisioningPluginWith({});
