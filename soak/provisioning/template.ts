import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { testService } from '../../plugins/provisioning-backend/src/local/__testUtils__/testService';
import { TEMPLATE } from '../../plugins/provisioning-backend/src/__testUtils__/testBackend';

/** Makes a folder with a template whose service runs and needs no package: as little as there is to install. */
export async function smallTemplate(folder: string): Promise<string> {
  await cp(TEMPLATE, folder, { recursive: true });
  for (const [path, text] of Object.entries(testService())) {
    const file = join(folder, 'skeleton', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
}
