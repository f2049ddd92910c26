import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { dojoReadPermission } from '@fawkes/backstage-plugin-dojo-common';
import type { ActionDeps } from './deps';

/** How many lessons are named at most. */
const MOST = 20;

/** Lets assistants lead people to a lesson; of checks and exams nothing is found. */
export function registerFindLessons(
  registry: ActionsRegistryService,
  { viewerOf, library }: ActionDeps,
): void {
  registry.register({
    name: 'find-dojo-lessons',
    title: 'Find lessons of the dojo',
    description:
      'Lessons whose title or text has all of some words, with the page to read them on; at most 20.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ words: z.string().min(2).max(200) }),
      output: z =>
        z.object({
          lessons: z.array(
            z.object({
              module: z.string(),
              title: z.string(),
              minutes: z.number(),
              path: z.string(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const viewer = viewerOf(credentials);
      await viewer.require(dojoReadPermission);
      const words = input.words.toLowerCase().split(/\s+/).filter(Boolean);
      const shelves = await library.shelves();
      const lessons = shelves
        .flatMap(({ content }) => content.modules)
        .flatMap(module =>
          module.lessons
            .filter(({ title, markdown }) => {
              const text = `${title}\n${markdown}`.toLowerCase();
              return words.every(word => text.includes(word));
            })
            .map(({ name, title, minutes }) => ({
              module: module.title,
              title,
              minutes,
              path: `/dojo/modules/${module.slug}/lessons/${name}`,
            })),
        );
      return { output: { lessons: lessons.slice(0, MOST) } };
    },
  });
}
