import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { dojoReadPermission } from '@fawkes/backstage-plugin-dojo-common';
import { readBelt } from '../belts/view';
import type { ActionDeps } from './deps';

/** Lets assistants say what is left for a belt, and nothing of how attempts went. */
export function registerGetBelt(
  registry: ActionsRegistryService,
  { viewerOf, ...deps }: ActionDeps,
): void {
  registry.register({
    name: 'get-dojo-belt',
    title: 'Get what is left for a belt of the dojo',
    description:
      'What the caller still has to do for a belt, line by line, and when they earned it. A belt is named by its slug: white, yellow, green, brown or black.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ belt: z.string().max(64) }),
      output: z =>
        z.object({
          title: z.string(),
          certificate: z.string(),
          inPreparation: z.boolean(),
          awardedAt: z.string().nullable(),
          left: z.array(
            z.object({
              kind: z.string(),
              title: z.string(),
              have: z.number().nullable(),
              need: z.number().nullable(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const viewer = viewerOf(credentials);
      await viewer.require(dojoReadPermission);
      const belt = await readBelt(viewer.userRef, input.belt, deps);
      return {
        output: {
          title: belt.title,
          certificate: belt.certificate,
          inPreparation: belt.inPreparation,
          awardedAt: belt.awardedAt,
          left: belt.left.map(({ kind, title, have, need }) => ({
            kind,
            title,
            have,
            need,
          })),
        },
      };
    },
  });
}
