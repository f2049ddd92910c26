import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  cabChangeReadPermission,
  changesQuerySchema,
} from '@fawkes/backstage-plugin-cab-common';
import { parseInput } from '@fawkes/kit-contract';
import { seenChanges } from '../read/seen';
import type { ActionDeps } from './deps';

/** Lets assistants list the changes that were asked for. */
export function registerListChanges(
  registry: ActionsRegistryService,
  { reading, viewerOf }: ActionDeps,
): void {
  registry.register({
    name: 'list-changes',
    title: 'List change requests',
    description:
      'Change requests of the entities the caller may see, newest first: what is to be shipped where, its risk score, its state, and who must do what next.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .optional()
            .describe('Of this entity, e.g. component:default/shop'),
          environment: z.string().optional(),
          phase: z
            .string()
            .optional()
            .describe(
              'before, review (being decided), open (approved), run, after or end',
            ),
          submitter: z
            .string()
            .optional()
            .describe('Entity ref of who asked for it'),
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
      const query = parseInput(changesQuerySchema, input);
      const viewer = viewerOf(credentials);
      await viewer.require(cabChangeReadPermission);
      return { output: await seenChanges(reading, viewer, query) };
    },
  });
}
