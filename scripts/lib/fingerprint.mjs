import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

async function workspaceManifests(root, patterns) {
  const manifests = [];
  for (const pattern of patterns) {
    const folder = pattern.replace(/\/\*$/, '');
    if (!existsSync(join(root, folder))) continue;
    const names = await readdir(join(root, folder));
    manifests.push(...names.sort().map(n => `${folder}/${n}/package.json`));
  }
  return manifests;
}

/**
 * What a manifest says about dependencies. Scripts and descriptions change without anything having to be installed.
 */
function installRelevant(manifest) {
  const {
    name,
    bin,
    workspaces,
    dependencies,
    devDependencies,
    peerDependencies,
    optionalDependencies,
    resolutions,
  } = JSON.parse(manifest);
  return JSON.stringify([
    name,
    bin,
    workspaces,
    dependencies,
    devDependencies,
    peerDependencies,
    optionalDependencies,
    resolutions,
  ]);
}

/** Changes exactly when the dependencies have to be installed again. */
export async function dependencyFingerprint(root) {
  const hash = createHash('sha256');
  const rootManifest = await readFile(join(root, 'package.json'), 'utf8');
  const manifests = [
    'package.json',
    ...(await workspaceManifests(root, JSON.parse(rootManifest).workspaces)),
  ];
  for (const file of manifests) {
    const path = join(root, file);
    if (!existsSync(path)) continue;
    hash.update(`${file}\0${installRelevant(await readFile(path, 'utf8'))}\0`);
  }
  for (const file of ['yarn.lock', '.yarnrc.yml']) {
    const content = await readFile(join(root, file)).catch(() => '');
    hash.update(`${file}\0`).update(content).update('\0');
  }
  return hash.digest('hex');
}
