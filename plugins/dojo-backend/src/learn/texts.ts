import type { Readable } from '@fawkes/backstage-plugin-dojo-common';
import { readMarkdown } from '@fawkes/backstage-plugin-dojo-common/rules';
import type { Library } from '../content/library';

/** Modules and lessons for search: what everybody reads, and no question. */
export async function readTexts(library: Library): Promise<Readable[]> {
  const shelves = await library.shelves();
  return shelves.flatMap(({ content: { modules, locale } }) =>
    modules.flatMap(({ slug, title, summary, objectives, lessons }) => {
      const of = { module: slug, moduleTitle: title, locale };
      return [
        {
          ...of,
          lesson: null,
          title,
          text: [summary, ...objectives].join('\n'),
        },
        ...lessons.map(lesson => ({
          ...of,
          lesson: lesson.name,
          title: lesson.title,
          text: readMarkdown(lesson.markdown).plain,
        })),
      ];
    }),
  );
}
