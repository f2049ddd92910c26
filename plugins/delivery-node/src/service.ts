import type { ServiceRef } from '@backstage/backend-plugin-api';
import {
  deliveryRoutes,
  type DeliveryEventInput,
  type DeliveryRoutes,
  type DeploymentResponse,
  type DeploymentsQuery,
  type DeploymentsResponse,
  type EnvironmentClass,
  type EnvironmentQuery,
  type IntakeResponse,
  type LabelBody,
  type MetricsQuery,
  type MetricsResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  pluginServiceRef,
  type PluginCall,
  type PluginClientOf,
} from '@fawkes/kit-backend/http';

/** Which label is meant. @public */
export interface LabelName {
  /** Key of the deployment. */
  key: string;
  /** Who says it: usually the id of the plugin. */
  source: string;
}

/**
 * The delivery plugin as other plugins ask it, each time with the credentials of
 * whoever is behind the question. Every method answers undefined where the plugin
 * is not installed, throws an `AwayError` where it does not answer at the moment,
 * and its `ResponseError` for what it refuses.
 * @public
 */
export interface DeliveryService {
  /** The DORA metrics of a scope. */
  metrics(
    question: Partial<MetricsQuery>,
    call: PluginCall,
  ): Promise<MetricsResponse | undefined>;
  /**
   * Deployments by sha, artifact, actor or otherwise, newest first; or what became
   * another `changedAfter` the `changedCursor` of an earlier answer.
   */
  deployments(
    question: Partial<DeploymentsQuery>,
    call: PluginCall,
  ): Promise<DeploymentsResponse | undefined>;
  /** One deployment with everything about it. */
  deployment(
    question: { key: string },
    call: PluginCall,
  ): Promise<DeploymentResponse | undefined>;
  /** Whether an environment is production to a service. */
  classOf(
    question: EnvironmentQuery,
    call: PluginCall,
  ): Promise<EnvironmentClass | undefined>;
  /** Tells canonical events; resolves when they are durable. */
  tell(
    question: { events: readonly DeliveryEventInput[] },
    call: PluginCall,
  ): Promise<IntakeResponse | undefined>;
  /** Says something about a deployment; true when it is said. */
  setLabel(
    question: LabelName & LabelBody,
    call: PluginCall,
  ): Promise<true | undefined>;
  /** Takes it back; true when it is gone. */
  removeLabel(question: LabelName, call: PluginCall): Promise<true | undefined>;
}

/** The client all methods of {@link DeliveryService} are made of. */
export type DeliveryPluginClient = PluginClientOf<DeliveryRoutes>;

/** Names the questions other plugins have. */
export function deliveryServiceOf(
  client: DeliveryPluginClient,
): DeliveryService {
  return {
    // A list repeats its name and a switch is written out, whatever their types.
    metrics: (question, call) =>
      client.getMetrics(question as Question<'getMetrics'>, call),
    deployments: (question, call) =>
      client.getDeployments(question as Question<'getDeployments'>, call),
    deployment: (question, call) => client.getDeployment(question, call),
    classOf: async (question, call) =>
      (await client.getEnvironment(question, call))?.class,
    tell: ({ events }, call) =>
      client.sendEvents(
        { body: JSON.stringify(events), contentType: 'application/json' },
        call,
      ),
    setLabel: ({ key, source, text, url }, call) =>
      client.setLabel({ key, source, body: { text, url } }, call),
    removeLabel: (question, call) => client.removeLabel(question, call),
  };
}

type Question<K extends keyof DeliveryRoutes> = Parameters<
  DeliveryPluginClient[K]
>[0];

/**
 * The delivery plugin, for other plugins of the backend.
 *
 * @example
 *
 * ```ts
 * deps: { delivery: deliveryServiceRef, auth: coreServices.auth },
 * async init({ delivery, auth }) {
 *   const credentials = await auth.getOwnServiceCredentials();
 *   const page = await delivery.deployments({ sha }, { credentials });
 *   if (page === undefined) return; // Not installed: say so where its part would be.
 * }
 * ```
 *
 * @public
 */
export const deliveryServiceRef: ServiceRef<
  DeliveryService,
  'plugin',
  'singleton'
> = pluginServiceRef('delivery', deliveryRoutes, deliveryServiceOf);
