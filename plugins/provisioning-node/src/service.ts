import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import {
  provisioningRoutes,
  type CreateAnswer,
  type CreateBody,
  type DestroyBody,
  type EntitiesQuery,
  type EntitiesResponse,
  type Plan,
  type PlanBody,
  type ProvisioningRequest,
  type ProvisioningRoutes,
  type RequestsQuery,
  type RequestsResponse,
  type RunAnswer,
  type EffectsResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  pluginClient,
  type PluginCall,
  type PluginClientOf,
} from '@fawkes/kit-backend/http';

/**
 * The provisioning plugin as other plugins ask it, each time with the credentials of
 * whoever is behind the question. Every method answers undefined where the plugin
 * is not installed, throws an `AwayError` where it does not answer at the moment,
 * and its `ResponseError` for what it refuses.
 * @public
 */
export interface ProvisioningService {
  /** What would happen; nothing is changed. A person has to be behind it. */
  plan(question: PlanBody, call: PluginCall): Promise<Plan | undefined>;
  /** Asks for something, or finds it. A person has to be behind it. */
  create(
    question: CreateBody,
    call: PluginCall,
  ): Promise<CreateAnswer | undefined>;
  /** Requests, newest first. */
  requests(
    question: Partial<RequestsQuery>,
    call: PluginCall,
  ): Promise<RequestsResponse | undefined>;
  /** One request, whole. */
  request(
    question: { id: string },
    call: PluginCall,
  ): Promise<ProvisioningRequest | undefined>;
  /** What its runs did outside. */
  effects(
    question: { id: string; run?: string },
    call: PluginCall,
  ): Promise<EffectsResponse | undefined>;
  /**
   * Takes it down. With the plugin's own credentials only what is for practice, where
   * `provisioning.practiceEnders` names the plugin.
   */
  destroy(
    question: { id: string } & DestroyBody,
    call: PluginCall,
  ): Promise<RunAnswer | undefined>;
  /** What the catalog is told; for the plugin's own credentials. */
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
    plan: (body, call) => client.plan({ body }, call),
    create: (body, call) => client.createRequest({ body }, call),
    // A list repeats its name and a switch is written out, whatever their types.
    requests: (question, call) =>
      client.getRequests(question as Question<'getRequests'>, call),
    request: (question, call) => client.getRequest(question, call),
    effects: (question, call) => client.getEffects(question, call),
    destroy: ({ id, ...body }, call) => client.destroy({ id, body }, call),
    entities: (question, call) => client.getEntities(question, call),
  };
}

type Question<K extends keyof ProvisioningRoutes> = Parameters<
  ProvisioningPluginClient[K]
>[0];

/**
 * The provisioning plugin, for other plugins of the backend.
 *
 * @example
 *
 * ```ts
 * deps: { provisioning: provisioningServiceRef, auth: coreServices.auth },
 * async init({ provisioning, auth }) {
 *   const credentials = await auth.getOwnServiceCredentials();
 *   const page = await provisioning.requests({ state: ['ready'] }, { credentials });
 *   if (page === undefined) return; // Not installed: say so where its part would be.
 * }
 * ```
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
