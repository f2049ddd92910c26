import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromRoot } from '../lib/paths.mjs';
import { Problem } from '../lib/problem.mjs';

/** Nobody should have to write more to add a family to their app. */
const MOST_LINES = 3;

/**
 * What is proven to work in a stock app: every `families/<family>.mjs`. It
 * exports
 *
 * - `packages`: folders of this repository by the workspace they are added to
 * - `lines`: what has to be written into the backend, three at most
 * - `settings(app)`: optional; what of it has to be switched on in app-config, for an app in this folder
 * - `prove({ url, token, openAsGuest })`: uses it; answers what was seen, line by line
 *
 * @param wanted - their names; all of them when there is none
 */
export async function stockFamilies(wanted = []) {
  const folder = fromRoot('scripts', 'stockApp', 'families');
  const known = (await readdir(folder))
    .filter(name => name.endsWith('.mjs'))
    .map(name => name.replace(/\.mjs$/, ''))
    .sort();
  const unknown = wanted.find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new Problem(`Nothing is known about ${unknown} in a stock app.`, [
      `There are: ${known.join(', ')}`,
    ]);
  }
  return Promise.all(
    (wanted.length > 0 ? wanted : known).map(async name => {
      const family = await import(pathToFileURL(join(folder, `${name}.mjs`)));
      if (family.lines.length > MOST_LINES) {
        throw new Problem(
          `${name} takes ${family.lines.length} lines in a stock app; ${MOST_LINES} are the most.`,
        );
      }
      return { name, ...family };
    }),
  );
}

/** The name a package of this repository is published under. */
export async function packageName(folder) {
  const manifest = await readFile(fromRoot(folder, 'package.json'), 'utf8');
  return JSON.parse(manifest).name;
}
