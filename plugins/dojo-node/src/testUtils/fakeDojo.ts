import {
  createServiceFactory,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  dojoRoutes,
  type DojoRoutes,
} from '@fawkes/backstage-plugin-dojo-common';
import type { PluginClientOf } from '@fawkes/kit-backend/http';
import { fakeClient, type FakeAnswers } from '@fawkes/kit-contract';
import { dojoServiceOf, dojoServiceRef, type DojoService } from '../service';

/** A double of the dojo plugin. @public */
export interface FakeDojo extends DojoService {
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
export function fakeDojo(answers?: FakeAnswers<DojoRoutes>): FakeDojo {
  const client: Record<string, unknown> = answers
    ? fakeClient(dojoRoutes, answers)
    : {};
  const methods = Object.entries(dojoRoutes).map(([name, route]) => [
    name,
    async (question: object) => {
      if (!answers) return undefined;
      const said = await (client[name] as Ask)(question);
      return 'answer' in route ? said : true;
    },
  ]);
  const service = dojoServiceOf(
    Object.fromEntries(methods) as PluginClientOf<DojoRoutes>,
  );
  return {
    ...service,
    factory: createServiceFactory({
      service: dojoServiceRef,
      deps: {},
      factory: () => service,
    }),
  };
}

type Ask = (question: object) => Promise<unknown>;
