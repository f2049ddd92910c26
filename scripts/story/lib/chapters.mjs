import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromRoot } from '../../lib/paths.mjs';

const FILE = 'chapter.mjs';

/**
 * The chapters of the story: every folder here with a `chapter.mjs` is the
 * family of that name. It exports
 *
 * - `after`: families it builds on, told before it (optional)
 * - `reasonToKeepQuiet(portal)`: why it need not be told to a portal that has
 *   seen it before; undefined when it has not
 * - `tell(portal, line, { scale })`: tells it; answers what it did, as a sentence
 * - `untilCounted(portal, line)`: waits until what the catalog says is in its
 *   numbers; answers what is missing, if anything (optional)
 * - `takeBack(portal, line)`: removes what it told; answers a sentence
 * - `rehearse({ today, scale, by })`: answers `{ text, events }`, and sends nothing
 *
 * @param folder - where the families' folders are
 */
export async function findChapters(folder = fromRoot('scripts', 'story')) {
  const chapters = [];
  for (const entry of await readdir(folder, { recursive: true })) {
    const [family, file, ...deeper] = entry.split(/[\\/]/);
    if (file !== FILE || deeper.length > 0) continue;
    const chapter = await import(pathToFileURL(join(folder, entry)));
    chapters.push({ family, ...chapter });
  }
  return inOrder(chapters.sort((a, b) => (a.family < b.family ? -1 : 1)));
}

/** Each after those it builds on; what is not there is not waited for. */
function inOrder(chapters) {
  const ordered = [];
  const place = (chapter, waiting) => {
    if (ordered.includes(chapter)) return;
    if (waiting.includes(chapter)) {
      throw new Error(
        `These chapters wait for each other: ${waiting
          .map(({ family }) => family)
          .join(', ')}`,
      );
    }
    for (const family of chapter.after ?? []) {
      const first = chapters.find(other => other.family === family);
      if (first) place(first, [...waiting, chapter]);
    }
    ordered.push(chapter);
  };
  for (const chapter of chapters) place(chapter, []);
  return ordered;
}
