import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type ServiceRef,
} from '@backstage/backend-plugin-api';
import type { Routes } from '@fawkes/kit-contract';
import { pluginClient, type PluginClientOf } from './pluginClient';

/**
 * The service by which the other plugins of a backend ask this one: a client of
 * its routes, named as they think of it. Whoever depends on it needs nothing
 * installed.
 *
 * @param pluginId - whose service it is; its id is `fawkes.<pluginId>`
 * @param serviceOf - names the questions other plugins have
 * @public
 */
export function pluginServiceRef<Service, R extends Routes>(
  pluginId: string,
  routes: R,
  serviceOf: (client: PluginClientOf<R>) => Service,
): ServiceRef<Service, 'plugin', 'singleton'> {
  return createServiceRef<Service>({
    id: `fawkes.${pluginId}`,
    scope: 'plugin',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { auth: coreServices.auth, discovery: coreServices.discovery },
        factory: deps => serviceOf(pluginClient(routes, pluginId, deps)),
      }),
  });
}
