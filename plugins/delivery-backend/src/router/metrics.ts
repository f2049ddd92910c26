import type { Router } from 'express';
import {
  metricsByQuerySchema,
  metricsQuerySchema,
} from '@fawkes/backstage-plugin-delivery-common';
import { measureBy, measureScope } from '../measure/metrics';
import { metricsByToCsv, seriesToCsv } from '../read/csv';
import type { RouterDeps } from './deps';
import { parse } from './parse';
import { sendAs } from './sendAs';

/** `GET /metrics` and `GET /metrics/by`. */
export function addMetricRoutes(router: Router, deps: RouterDeps): void {
  const { db, config, httpAuth, scopes, now } = deps;

  router.get('/metrics', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const query = parse(metricsQuerySchema, request.query);
    const scope = await scopes.resolve(query.scope, credentials);
    const answer = await measureScope(scope, query, { db, config, now: now() });
    sendAs(request, response, answer, seriesToCsv);
  });

  router.get('/metrics/by', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const query = parse(metricsByQuerySchema, request.query);
    const scope = await scopes.resolve(query.scope, credentials);
    const answer = await measureBy(scope, query, { db, config, now: now() });
    sendAs(request, response, answer, metricsByToCsv);
  });
}
