import type { DeliveryRoutes } from '@fawkes/backstage-plugin-delivery-common';
import type { Handlers } from '@fawkes/kit-backend/http';
import type { RouterDeps } from './deps';
import { eventHandlers } from './events';
import { factHandlers } from './facts';
import { intakeHandlers } from './intake';
import { metricHandlers } from './metrics';
import { openApiDocument } from './openapi';

/** A handler for every route of the plugin. */
export function deliveryHandlers(deps: RouterDeps): Handlers<DeliveryRoutes> {
  const document = openApiDocument();
  return {
    ...eventHandlers(deps),
    ...metricHandlers(deps),
    ...factHandlers(deps),
    ...intakeHandlers(deps),
    getOpenApi: async () => document,
  };
}
