import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { deploymentsQuerySchema } from '@fawkes/backstage-plugin-delivery-common';
import { parseInput } from '@fawkes/kit-contract';
import { listDeployments } from '../read/deployments';
import { resolveScope, visibleTo } from '../permissions/scope';
import type { ActionDeps } from './deps';

/** Lets assistants see which deployments failed and how they were mended. */
export function registerListFailedDeployments(
  registry: ActionsRegistryService,
  { db, config, viewerOf, now }: ActionDeps,
): void {
  registry.register({
    name: 'list-failed-deployments',
    title: 'List failed deployments',
    description:
      'The failed production deployments of a scope, newest first, with when they were recovered from.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          scope: z.array(z.string()).max(50).default([]),
          from: z.string().optional(),
          to: z.string().optional(),
        }),
      output: z => z.object({ deployments: z.array(z.record(z.any())) }),
    },
    action: async ({ input, credentials }) => {
      const query = parseInput(deploymentsQuerySchema, {
        ...input,
        failed: 'true',
      });
      const viewer = viewerOf(credentials);
      const scope = await resolveScope(query.scope, viewer);
      const page = await listDeployments(scope, query, {
        db,
        config,
        now: now(),
        visible: visibleTo(viewer),
      });
      return { output: { deployments: page.items } };
    },
  });
}
