import {
  createServiceFactory,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  provisioningRoutes,
  type ProvisioningRoutes,
} from '@fawkes/backstage-plugin-provisioning-common';
import { fakeClient, type FakeAnswers } from '@fawkes/kit-contract';
import {
  provisioningServiceOf,
  provisioningServiceRef,
  type ProvisioningPluginClient,
  type ProvisioningService,
} from '../service';

/** A double of the provisioning plugin. @public */
export interface FakeProvisioning extends ProvisioningService {
  /** For `startTestBackend`. */
  factory: ServiceFactory;
}

/**
 * A double that answers as a test says, by the names of the routes. A question
 * nobody expects is refused by name, and so is an answer the plugin would not give.
 *
 * @param answers - left out: the plugin is not installed
 * @public
 */
export function fakeProvisioning(
  answers?: FakeAnswers<ProvisioningRoutes>,
): FakeProvisioning {
  const client: Record<string, unknown> = answers
    ? fakeClient(provisioningRoutes, answers)
    : {};
  const methods = Object.keys(provisioningRoutes).map(name => [
    name,
    async (question: object) =>
      answers ? (client[name] as Ask)(question) : undefined,
  ]);
  const service = provisioningServiceOf(
    Object.fromEntries(methods) as ProvisioningPluginClient,
  );
  return {
    ...service,
    factory: createServiceFactory({
      service: provisioningServiceRef,
      deps: {},
      factory: () => service,
    }),
  };
}

type Ask = (question: object) => Promise<unknown>;
