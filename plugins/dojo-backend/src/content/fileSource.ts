import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import {
  CONTENT_LIMITS,
  type Files,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { SourceConfig } from '../config';
import type { ContentSource } from './source';

/**
 * A folder of this machine, named in the configuration only. Its etag is the
 * digest of its files. A link is refused: it may lead outside.
 */
export function fileSource({ id, owner, target }: SourceConfig): ContentSource {
  return {
    id,
    owner,
    async read(etag) {
      const files = await readFolder(resolve(target));
      const now = digestOf(files);
      return now === etag ? undefined : { etag: now, files };
    },
  };
}

/** SHA-256 over paths and contents in their order, each with its length. */
export function digestOf(files: Files): string {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].sort()) {
    const text = files.get(path)!;
    hash.update(`${path.length} ${path} ${text.length} `).update(text);
  }
  return `sha256:${hash.digest('hex')}`;
}

/** Every file of a folder, within the limits of a curriculum. */
export async function readFolder(root: string): Promise<Files> {
  const files = new Map<string, string>();
  const folders = [''];
  let bytes = 0;
  for (
    let folder = folders.pop();
    folder !== undefined;
    folder = folders.pop()
  ) {
    for (const name of await readdir(join(root, folder))) {
      if (name.startsWith('.')) continue;
      const path = folder ? `${folder}/${name}` : name;
      const found = await lstat(join(root, path));
      if (found.isDirectory()) folders.push(path);
      else if (!found.isFile()) {
        throw new InputError(
          `${path} is no plain file; links are not followed`,
        );
      } else {
        bytes += found.size;
        refuseTooMuch(path, found.size, files.size + 1, bytes);
        files.set(path, await readFile(join(root, path), 'utf8'));
      }
    }
  }
  return files;
}

/** Says which limit of a curriculum is passed. */
export function refuseTooMuch(
  path: string,
  size: number,
  count: number,
  bytes: number,
): void {
  const { fileBytes, files, totalBytes } = CONTENT_LIMITS;
  if (size > fileBytes) {
    throw new InputError(`${path} is larger than ${fileBytes} bytes`);
  }
  if (count > files) throw new InputError(`There are more than ${files} files`);
  if (bytes > totalBytes) {
    throw new InputError(
      `The files are larger than ${totalBytes} bytes together`,
    );
  }
}
