import type { ProvisioningRoutes } from '@fawkes/backstage-plugin-provisioning-common';
import type { Handlers } from '@fawkes/kit-backend/http';
import { commandHandlers } from './commands';
import type { RouterDeps } from './deps';
import { gpuHandlers } from './gpu';
import { openApiDocument } from './openapi';
import { planHandlers } from './plan';
import { readHandlers } from './read';

/** A handler for every route of the plugin. */
export function provisioningHandlers(
  deps: RouterDeps,
): Handlers<ProvisioningRoutes> {
  const document = openApiDocument();
  return {
    ...planHandlers(deps),
    ...gpuHandlers(deps),
    ...readHandlers(deps),
    ...commandHandlers(deps),
    getOpenApi: async () => document,
  };
}
