import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { fromRoot } from './paths.mjs';

const readJson = async file => JSON.parse(await readFile(file, 'utf8'));

/** Every package of this repository: its folder (`plugins/delivery`) and its manifest. */
export async function listWorkspaces() {
  const { workspaces } = await readJson(fromRoot('package.json'));
  const found = [];
  for (const pattern of workspaces) {
    const parent = pattern.replace(/\/\*$/, '');
    for (const name of (await readdir(fromRoot(parent))).sort()) {
      const folder = `${parent}/${name}`;
      const file = fromRoot(folder, 'package.json');
      if (existsSync(file))
        found.push({ folder, manifest: await readJson(file) });
    }
  }
  return found;
}

/**
 * These packages and all of this repository that they depend on, each after what it needs itself: the order to publish
 * them in.
 */
export function withDependencies(folders, workspaces) {
  const byFolder = new Map(workspaces.map(each => [each.folder, each]));
  const byName = new Map(workspaces.map(each => [each.manifest.name, each]));
  const ordered = new Set();
  const add = workspace => {
    if (ordered.has(workspace)) return;
    const { dependencies = {} } = workspace.manifest;
    for (const [name, range] of Object.entries(dependencies)) {
      if (range.startsWith('workspace:')) add(byName.get(name));
    }
    ordered.add(workspace);
  };
  for (const folder of folders) add(byFolder.get(folder));
  return [...ordered];
}
