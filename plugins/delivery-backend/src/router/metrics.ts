import { measureBy, measureScope } from '../measure/metrics';
import { resolveScope } from '../permissions/scope';
import { metricsByToCsv, seriesToCsv } from '../read/csv';
import type { RouterDeps } from './deps';
import type { Some } from './some';

/** The numbers. */
export function metricHandlers({
  db,
  config,
  now,
}: RouterDeps): Some<'getMetrics' | 'getMetricsBy'> {
  return {
    getMetrics: {
      answer: async ({ query, viewer }) => {
        const scope = await resolveScope(query.scope, viewer);
        return measureScope(scope, query, { db, config, now: now() });
      },
      csv: seriesToCsv,
    },
    getMetricsBy: {
      answer: async ({ query, viewer }) => {
        const scope = await resolveScope(query.scope, viewer);
        return measureBy(scope, query, { db, config, now: now() });
      },
      csv: metricsByToCsv,
    },
  };
}
