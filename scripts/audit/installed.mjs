import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { licenceOf } from './licences.mjs';

const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

function installScriptsOf({ scripts = {}, gypfile }, folder) {
  const named = INSTALL_SCRIPTS.filter(name => scripts[name]);
  // npm builds what has a binding.gyp and does not say how.
  const builds = gypfile !== false && existsSync(join(folder, 'binding.gyp'));
  return [...named, ...(builds ? ['binding.gyp'] : [])];
}

/**
 * Reads licence and install scripts from what is installed. That is what yarn.lock has the checksum of; what a registry
 * tells about a package besides may differ from what is in it.
 *
 * @param folders - folders with a `node_modules` to look in, in that order
 */
export async function inspectInstalled(folders, alias, { name, version }) {
  for (const parent of folders) {
    const folder = join(parent, 'node_modules', alias);
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    if (manifest.name !== name || manifest.version !== version) continue;
    return {
      licence: licenceOf(manifest) ?? 'none stated',
      installScripts: installScriptsOf(manifest, folder),
    };
  }
  const notAsked = `version ${version} is not installed`;
  return { notAsked: { licence: notAsked, installScripts: notAsked } };
}
