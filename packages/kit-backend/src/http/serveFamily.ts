import {
  coreServices,
  type AuditorService,
  type BackstageCredentials,
  type HttpAuthService,
  type HttpRouterService,
  type LoggerService,
  type PermissionsRegistryService,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
import type { PermissionResourceRef } from '@backstage/plugin-permission-node';
import type { Routes } from '@fawkes/kit-contract';
import { Viewer } from '../access/viewer';
import { readinessServiceRef, type Readiness } from './readiness';
import {
  checkCallersOurselves,
  serveRoutes,
  type Handlers,
  type ServeDeps,
} from './serveRoutes';

/** What a plugin depends on to serve routes; for `deps` of `registerInit`. @public */
export const familyServices = {
  auditor: coreServices.auditor,
  catalog: catalogServiceRef,
  httpAuth: coreServices.httpAuth,
  httpRouter: coreServices.httpRouter,
  logger: coreServices.logger,
  permissions: coreServices.permissions,
  permissionsRegistry: coreServices.permissionsRegistry,
  readiness: readinessServiceRef,
};

/** The services of {@link familyServices}. @public */
export interface FamilyServices {
  /** Where changes and refusals are written down. */
  auditor: AuditorService;
  /** What of it a viewer sees is asked with their credentials. */
  catalog: Pick<CatalogService, 'getEntitiesByRefs' | 'streamEntities'>;
  /** Says who is asking. */
  httpAuth: HttpAuthService;
  /** Where the routes are hung up. */
  httpRouter: HttpRouterService;
  /** Gets errors that callers must not see. */
  logger: LoggerService;
  /** Decides by the policy of the portal. */
  permissions: PermissionsService;
  /** Knows the rules that conditions are made of. */
  permissionsRegistry: PermissionsRegistryService;
  /** Tells a refused token from a database that is away. */
  readiness: Readiness;
}

/**
 * Makes viewers of credentials, for routes and actions alike.
 *
 * @param resources - the resource types of the family
 * @public
 */
export function viewersOf(
  services: Pick<
    FamilyServices,
    'catalog' | 'permissions' | 'permissionsRegistry'
  >,
  resources: ReadonlyArray<PermissionResourceRef<any, any>> = [],
): (credentials: BackstageCredentials) => Viewer {
  const { catalog, permissions, permissionsRegistry: registry } = services;
  return credentials =>
    new Viewer(credentials, { catalog, permissions, registry, resources });
}

/**
 * Serves a family's routes below `/api/<plugin>`; see {@link serveRoutes}.
 * @public
 */
export function serveFamily<R extends Routes>(
  services: FamilyServices,
  routes: R,
  handlers: Handlers<R>,
  options: {
    viewerOf?: ServeDeps['viewerOf'];
    limits?: ServeDeps['limits'];
  } = {},
): void {
  const viewerOf = options.viewerOf ?? viewersOf(services);
  const router = serveRoutes(routes, handlers, {
    ...services,
    ...options,
    viewerOf,
  });
  checkCallersOurselves(services.httpRouter, routes);
  services.httpRouter.use(router);
}
