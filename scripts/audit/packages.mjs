import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const readJson = async path => JSON.parse(await readFile(path, 'utf8'));

async function foldersOf(root, patterns) {
  const folders = [];
  for (const pattern of patterns) {
    const parent = pattern.replace(/\/\*$/, '');
    if (!existsSync(join(root, parent))) continue;
    const names = (await readdir(join(root, parent))).sort();
    folders.push(...names.map(name => `${parent}/${name}`));
  }
  return folders.filter(folder =>
    existsSync(join(root, folder, 'package.json')),
  );
}

/**
 * The packages of a workspace that are published, with what each needs at run time beyond the others: `dependencies` and
 * `optionalDependencies`. What it expects of its surroundings (`peerDependencies`) is the choice of whoever installs it.
 */
export async function publishedPackages(root) {
  const { workspaces, resolutions = {} } = await readJson(
    join(root, 'package.json'),
  );
  const packages = [];
  for (const folder of await foldersOf(root, workspaces)) {
    const manifest = await readJson(join(root, folder, 'package.json'));
    if (manifest.private) continue;
    packages.push({
      name: manifest.name,
      role: manifest.backstage?.role ?? 'no role',
      folder,
      dependencies: Object.entries({
        ...manifest.dependencies,
        ...manifest.optionalDependencies,
      })
        .filter(([, range]) => !range.startsWith('workspace:'))
        .map(([name, range]) => ({ name, range: resolutions[name] ?? range })),
    });
  }
  return packages;
}
