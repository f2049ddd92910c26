import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  provisioningRequestReadPermission,
  requestsQuerySchema,
} from '@fawkes/backstage-plugin-provisioning-common';
import { parseInput } from '@fawkes/kit-contract';
import { listRequests } from '../read/summaries';
import { askerOf } from '../router/deps';
import type { ActionDeps } from './deps';

/** Lets assistants list the services that were asked for here. */
export function registerListServices(
  registry: ActionsRegistryService,
  { viewerOf, ...deps }: ActionDeps,
): void {
  registry.register({
    name: 'list-provisioned-services',
    title: 'List provisioned services',
    description:
      "Services that were asked for in this portal, newest first, as far as the caller may see them: state, owner, template, and where the service runs. By default only the caller's own and those of their groups.",
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          mine: z
            .boolean()
            .default(true)
            .describe('Only what the caller or their groups have'),
          owner: z
            .array(z.string())
            .max(50)
            .default([])
            .describe('Entity refs of owning Groups; none = all'),
          state: z
            .array(z.string())
            .max(20)
            .default([])
            .describe('For example ready, failed, needs_person; none = all'),
          cursor: z
            .string()
            .optional()
            .describe('nextCursor of the answer before'),
        }),
      output: z =>
        z.object({
          asOf: z.string(),
          items: z.array(z.record(z.any())),
          nextCursor: z.string().nullable(),
        }),
    },
    action: async ({ input, credentials }) => {
      const query = parseInput(requestsQuerySchema, {
        ...input,
        mine: String(input.mine),
      });
      const viewer = viewerOf(credentials);
      await viewer.require(provisioningRequestReadPermission);
      const asker = await askerOf(deps, viewer);
      return { output: await listRequests(deps.core, asker, query) };
    },
  });
}
