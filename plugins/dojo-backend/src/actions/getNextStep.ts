import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { dojoReadPermission } from '@fawkes/backstage-plugin-dojo-common';
import { readDojo } from '../learn/views';
import type { ActionDeps } from './deps';

/** Lets assistants say what the person behind them learns next. */
export function registerGetNextStep(
  registry: ActionsRegistryService,
  { viewerOf, ...deps }: ActionDeps,
): void {
  registry.register({
    name: 'get-dojo-next-step',
    title: 'Get the next step in the dojo',
    description:
      "The caller's own next lesson or quiz in the dojo, with the minutes it takes; null when nothing is left.",
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({}),
      output: z =>
        z.object({
          next: z
            .object({
              kind: z.string(),
              module: z.string(),
              moduleTitle: z.string(),
              part: z.string(),
              title: z.string(),
              minutes: z.number(),
            })
            .nullable(),
        }),
    },
    action: async ({ credentials }) => {
      const viewer = viewerOf(credentials);
      await viewer.require(dojoReadPermission);
      const { next } = await readDojo(viewer.userRef, deps);
      return { output: { next } };
    },
  });
}
