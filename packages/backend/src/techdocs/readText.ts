import { readFile, stat } from 'node:fs/promises';
import { InputError } from '@backstage/errors';

/**
 * Reads a file of a documentation that is small enough to be worked on while
 * everybody else waits.
 *
 * @param name - what its owners know it by
 * @throws InputError when it is larger, and what the file system says
 */
export async function readText(
  path: string,
  name: string,
  mostBytes: number,
): Promise<string> {
  const { size } = await stat(path);
  if (size > mostBytes) {
    throw new InputError(
      `${name} is larger than ${mostBytes / 1024} KiB; split it`,
    );
  }
  return readFile(path, 'utf8');
}
