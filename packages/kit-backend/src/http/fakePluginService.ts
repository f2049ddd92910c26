import {
  createServiceFactory,
  type ServiceFactory,
  type ServiceRef,
} from '@backstage/backend-plugin-api';
import {
  fakeClient,
  type FakeAnswers,
  type Routes,
} from '@fawkes/kit-contract';
import type { PluginClientOf } from './pluginClient';

/** A double of another plugin's service, and the factory a test backend takes it by. @public */
export type FakePluginService<Service> = Service & {
  /** For `startTestBackend`. */
  factory: ServiceFactory;
};

/**
 * A double that answers as a test says, by the names of the routes. A question
 * nobody expects is refused by name, and so is an answer the plugin would not give.
 *
 * @param answers - left out: the plugin is not installed
 * @public
 */
export function fakePluginService<Service extends object, R extends Routes>(
  service: ServiceRef<Service, 'plugin', 'singleton'>,
  routes: R,
  serviceOf: (client: PluginClientOf<R>) => Service,
  answers?: FakeAnswers<R>,
): FakePluginService<Service> {
  const client: Record<string, unknown> = answers
    ? fakeClient(routes, answers)
    : {};
  const methods = Object.entries(routes).map(([name, route]) => [
    name,
    async (question: object) => {
      if (!answers) return undefined;
      const said = await (client[name] as Ask)(question);
      return route.answer ? said : true;
    },
  ]);
  const double = serviceOf(Object.fromEntries(methods) as PluginClientOf<R>);
  return {
    ...double,
    factory: createServiceFactory({
      service,
      deps: {},
      factory: () => double,
    }),
  };
}

type Ask = (question: object) => Promise<unknown>;
