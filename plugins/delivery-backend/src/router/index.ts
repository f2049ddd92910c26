import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { auditRefusals } from './audited';
import { correlation } from './correlation';
import type { RouterDeps } from './deps';
import { addEventRoutes } from './events';
import { addFactRoutes } from './facts';
import { hideInternals } from './hideInternals';
import { addIntakeRoutes } from './intake';
import { addMetricRoutes } from './metrics';
import { openApiDocument } from './openapi';

/** All routes of the plugin, below `/api/delivery`. */
export function createRouter(deps: RouterDeps): Router {
  const router = PromiseRouter();
  router.use(correlation());
  addEventRoutes(router, deps);
  addMetricRoutes(router, deps);
  addFactRoutes(router, deps);
  addIntakeRoutes(router, deps);
  const document = openApiDocument();
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.use(auditRefusals(deps));
  router.use(hideInternals(deps.logger));
  return router;
}
