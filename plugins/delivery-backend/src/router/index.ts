import { deliveryRoutes } from '@fawkes/backstage-plugin-delivery-common';
import { serveRoutes } from '@fawkes/kit-backend/http';
import type { Router } from 'express';
import type { RouterDeps } from './deps';
import { eventHandlers } from './events';
import { factHandlers } from './facts';
import { intakeHandlers } from './intake';
import { metricHandlers } from './metrics';
import { openApiDocument } from './openapi';

/** All routes of the plugin, below `/api/delivery`. */
export function createRouter(deps: RouterDeps): Router {
  const document = openApiDocument();
  return serveRoutes(
    deliveryRoutes,
    {
      ...eventHandlers(deps),
      ...metricHandlers(deps),
      ...factHandlers(deps),
      ...intakeHandlers(deps),
      getOpenApi: async () => document,
    },
    deps,
  );
}
