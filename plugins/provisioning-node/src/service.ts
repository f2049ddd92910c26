import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import {
  provisioningRoutes,
  type EntitiesQuery,
  type EntitiesResponse,
  type ProvisioningRoutes,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  pluginClient,
  type PluginCall,
  type PluginClientOf,
} from '@fawkes/kit-backend/http';

/**
 * The provisioning plugin as other plugins ask it, each time with the credentials
 * of whoever is behind the question. Every method answers undefined where the
 * plugin is not installed, throws an `AwayError` where it does not answer at the
 * moment, and its `ResponseError` for what it refuses.
 * @public
 */
export interface ProvisioningService {
  /** What the catalog is told, a page of it; for the catalog only. */
  entities(
    question: Partial<EntitiesQuery>,
    call: PluginCall,
  ): Promise<EntitiesResponse | undefined>;
}

/** The client all methods of {@link ProvisioningService} are made of. */
export type ProvisioningPluginClient = PluginClientOf<ProvisioningRoutes>;

/** Names the questions other plugins have. */
export function provisioningServiceOf(
  client: ProvisioningPluginClient,
): ProvisioningService {
  return {
    entities: (question, call) =>
      client.getEntities(
        question as Parameters<ProvisioningPluginClient['getEntities']>[0],
        call,
      ),
  };
}

/**
 * The provisioning plugin, for other plugins of the backend.
 *
 * @public
 */
export const provisioningServiceRef = createServiceRef<ProvisioningService>({
  id: 'fawkes.provisioning',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory: deps =>
        provisioningServiceOf(
          pluginClient(provisioningRoutes, 'provisioning', deps),
        ),
    }),
});
