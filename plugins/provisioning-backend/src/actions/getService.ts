import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  provisioningRequestReadPermission,
  requestIdSchema,
} from '@fawkes/backstage-plugin-provisioning-common';
import { parseInput } from '@fawkes/kit-contract';
import { z as z4 } from 'zod';
import { readEffects } from '../read/parts';
import { readRequest } from '../read/request';
import { askedFor } from '../router/deps';
import type { ActionDeps } from './deps';

const inputSchema = z4.object({ id: requestIdSchema });

/** Lets assistants say how one service stands, and what its last run did. */
export function registerGetService(
  registry: ActionsRegistryService,
  { viewerOf, ...deps }: ActionDeps,
): void {
  registry.register({
    name: 'get-provisioned-service',
    title: 'Get a provisioned service',
    description:
      'One service that was asked for in this portal: its spec, states, releases, what exists because of it, what the caller may do, and the steps of its last run with their seconds and reasons.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          id: z
            .string()
            .describe('Id of the request, see list-provisioned-services'),
        }),
      output: z =>
        z.object({
          request: z.record(z.any()),
          effects: z.array(z.record(z.any())),
        }),
    },
    action: async ({ input, credentials }) => {
      const params = parseInput(inputSchema, input);
      const viewer = viewerOf(credentials);
      await viewer.require(provisioningRequestReadPermission);
      const { asker, row } = await askedFor(deps, { viewer, params });
      const { items } = await readEffects(deps.core, row, { run: row.run_id });
      return {
        output: {
          request: await readRequest(deps.core, asker, row),
          effects: items,
        },
      };
    },
  });
}
