import {
  createServiceFactory,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import { cabRoutes, type CabRoutes } from '@fawkes/backstage-plugin-cab-common';
import { fakeClient, type FakeAnswers } from '@fawkes/kit-contract';
import {
  cabServiceOf,
  cabServiceRef,
  type CabPluginClient,
  type CabService,
} from '../service';

/** A double of the change approval plugin. @public */
export interface FakeCab extends CabService {
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
export function fakeCab(answers?: FakeAnswers<CabRoutes>): FakeCab {
  const client: Record<string, unknown> = answers
    ? fakeClient(cabRoutes, answers)
    : {};
  const methods = Object.keys(cabRoutes).map(name => [
    name,
    async (question: object) =>
      answers ? (client[name] as Ask)(question) : undefined,
  ]);
  const service = cabServiceOf(Object.fromEntries(methods) as CabPluginClient);
  return {
    ...service,
    factory: createServiceFactory({
      service: cabServiceRef,
      deps: {},
      factory: () => service,
    }),
  };
}

type Ask = (question: object) => Promise<unknown>;
