import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { metricsQuerySchema } from '@fawkes/backstage-plugin-delivery-common';
import { parseInput } from '@fawkes/kit-contract';
import { measureScope } from '../measure/metrics';
import { resolveScope } from '../permissions/scope';
import type { ActionDeps } from './deps';

/** Lets assistants read the five DORA metrics of a scope. */
export function registerGetMetrics(
  registry: ActionsRegistryService,
  { db, config, viewerOf, now }: ActionDeps,
): void {
  registry.register({
    name: 'get-delivery-metrics',
    title: 'Get delivery metrics',
    description:
      "DORA's five metrics of services, systems, teams or everything: deployment frequency, change lead time, change fail rate, recovery time and rework rate. Durations are seconds, rates 0..1; an unknown figure is null with the reason.",
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          scope: z
            .array(z.string())
            .max(50)
            .default([])
            .describe(
              'Entity refs of Components, Systems, Domains or Groups; none = everything the caller may see',
            ),
          from: z
            .string()
            .optional()
            .describe('Date or instant; default 90 days ago'),
          to: z
            .string()
            .optional()
            .describe('Date or instant, not included; default now'),
        }),
      output: z =>
        z.object({
          asOf: z.string(),
          services: z.number(),
          sample: z.boolean(),
          metrics: z.record(z.any()),
        }),
    },
    action: async ({ input, credentials }) => {
      const query = parseInput(metricsQuerySchema, input);
      const scope = await resolveScope(query.scope, viewerOf(credentials));
      const answer = await measureScope(scope, query, {
        db,
        config,
        now: now(),
      });
      return {
        output: {
          asOf: answer.asOf,
          services: answer.scope.services,
          sample: answer.scope.sample,
          metrics: answer.metrics,
        },
      };
    },
  });
}
