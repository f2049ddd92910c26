import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { MAX_FILES } from '@fawkes/backstage-plugin-provisioning-common';
import { MAX_FILE_BYTES, MAX_TREE_BYTES } from '../render';

/** Deepest folder that is looked into. */
const MAX_DEPTH = 20;

/**
 * The files below a folder, by their path with slashes, sorted. Bounded in
 * number, depth and bytes while reading; what is neither file nor folder is
 * refused, since a link may lead anywhere.
 *
 * @throws InputError over a bound, or at a link
 * @public
 */
export async function readTree(
  directory: string,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let total = 0;
  const walk = async (below: string, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH) throw new InputError(`${below} is too deep`);
    const entries = await readdir(join(directory, below), {
      withFileTypes: true,
    });
    for (const entry of entries) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await walk(path, depth + 1);
      else if (entry.isFile()) {
        if (files.size >= MAX_FILES) {
          throw new InputError(`A template has at most ${MAX_FILES} files`);
        }
        const bytes = await readUpTo(join(directory, path), path);
        total += bytes.length;
        if (total > MAX_TREE_BYTES) {
          throw new InputError(
            `A template has at most ${MAX_TREE_BYTES} bytes`,
          );
        }
        files.set(path, bytes);
      } else throw new InputError(`${path} is neither a file nor a folder`);
    }
  };
  await walk('', 0);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Asked of the open file, so that it is the file that is read. */
async function readUpTo(file: string, path: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size > MAX_FILE_BYTES) {
      throw new InputError(`${path} has more than ${MAX_FILE_BYTES} bytes`);
    }
    const bytes = await handle.readFile();
    return Uint8Array.from(bytes);
  } finally {
    await handle.close();
  }
}
