import { mkdir, writeFile, chmod } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { Bundle } from '@fawkes/backstage-plugin-provisioning-node';

/**
 * Writes a tree below a folder; what is there already is refused. Modes are set
 * apart, since a umask takes bits away from those of a new file.
 *
 * @throws when a file exists, or a path leads out of the folder
 */
export async function writeBundle(
  bundle: Bundle,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, { mode, bytes }] of bundle) {
    const file = resolveSafeChildPath(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes, { flag: 'wx' });
    await chmod(file, parseInt(mode, 8));
  }
}
