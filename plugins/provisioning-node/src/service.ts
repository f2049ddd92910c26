import type { ServiceRef } from '@backstage/backend-plugin-api';
import {
  provisioningRoutes,
  type CommitsQuery,
  type CommitsResponse,
  type CreateAnswer,
  type CreateBody,
  type DestroyBody,
  type DestructionResponse,
  type EntitiesQuery,
  type EntitiesResponse,
  type LogsQuery,
  type LogsResponse,
  type Plan,
  type PlanBody,
  type ProvisioningRequest,
  type ProvisioningRoutes,
  type RequestsQuery,
  type RequestsResponse,
  type RunAnswer,
  type TemplatesResponse,
  type EffectsResponse,
} from '@fawkes/backstage-plugin-provisioning-common';
import {
  pluginServiceRef,
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
  /** What can be asked for. */
  templates(call: PluginCall): Promise<TemplatesResponse | undefined>;
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
   * What lies between two commits of a repository on this computer, with whoever
   * pushed it; for the plugin's own credentials.
   */
  commits(
    question: { id: string } & CommitsQuery,
    call: PluginCall,
  ): Promise<CommitsResponse | undefined>;
  /** Lines of one of its effects, after a mark. */
  logs(
    question: { id: string } & LogsQuery,
    call: PluginCall,
  ): Promise<LogsResponse | undefined>;
  /** What a destroy would take, and what would stay. */
  destruction(
    question: { id: string },
    call: PluginCall,
  ): Promise<DestructionResponse | undefined>;
  /** Goes on with what failed, by the rights of whoever is behind it now. */
  retry(
    question: { id: string },
    call: PluginCall,
  ): Promise<RunAnswer | undefined>;
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
    templates: call => client.getTemplates({}, call),
    plan: (body, call) => client.plan({ body }, call),
    create: (body, call) => client.createRequest({ body }, call),
    // A list repeats its name and a switch is written out, whatever their types.
    requests: (question, call) =>
      client.getRequests(question as Question<'getRequests'>, call),
    request: (question, call) => client.getRequest(question, call),
    effects: (question, call) => client.getEffects(question, call),
    commits: (question, call) => client.getCommits(question, call),
    logs: (question, call) => client.getLogs(question, call),
    destruction: (question, call) => client.getDestruction(question, call),
    retry: ({ id }, call) => client.retry({ id, body: {} }, call),
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
export const provisioningServiceRef: ServiceRef<
  ProvisioningService,
  'plugin',
  'singleton'
> = pluginServiceRef('provisioning', provisioningRoutes, provisioningServiceOf);
