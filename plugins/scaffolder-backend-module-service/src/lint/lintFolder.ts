import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import {
  pinsSchema,
  readTemplate,
  readTree,
  type Pin,
} from '@fawkes/backstage-plugin-provisioning-node';
import { z } from 'zod';
import { lint, type LintFinding } from './index';

/** `versions.json` beside the templates: what each consisted of when its version was written down. */
const versionsSchema = z.record(
  z.string(),
  z.strictObject({ version: z.string(), treeHash: z.string() }),
);

/** Lints a template in a folder. */
export async function lintFolder(folder: string): Promise<LintFinding[]> {
  const tree = await readTree(folder);
  const files = new Map(
    [...tree].flatMap(([path, bytes]) =>
      bytes.includes(0) ? [] : [[path, new TextDecoder().decode(bytes)]],
    ),
  );
  // What cannot be read as a template is told by rules, not by the reader.
  const template = await readTemplate(folder).catch((error: unknown) => {
    if (error instanceof InputError) return undefined;
    throw error;
  });
  const versions = await readVersions(dirname(folder));
  return lint({
    files,
    pins: template?.pins ?? (await readPins(dirname(folder))),
    treeHash: template?.ref.treeHash,
    sealed: versions[basename(folder)],
  });
}

/** Writes down what the templates in these folders consist of now. */
export async function sealFolders(folders: string[]): Promise<void> {
  const [first] = folders;
  if (first === undefined) return;
  const root = dirname(first);
  const versions = await readVersions(root);
  for (const folder of folders) {
    const { ref } = await readTemplate(folder);
    const known = versions[basename(folder)];
    if (known?.version === ref.version && known.treeHash !== ref.treeHash) {
      throw new InputError(
        `${ref.name} has changed since version ${ref.version}: give it another version first`,
      );
    }
    versions[basename(folder)] = {
      version: ref.version,
      treeHash: ref.treeHash,
    };
  }
  await writeFile(
    join(root, 'versions.json'),
    `${JSON.stringify(versions, undefined, 2)}\n`,
  );
}

async function readVersions(root: string) {
  return versionsSchema.parse((await readJson(root, 'versions.json')) ?? {});
}

async function readPins(root: string): Promise<Pin[]> {
  return pinsSchema.parse((await readJson(root, 'pins.json')) ?? []);
}

async function readJson(root: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(root, name), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
