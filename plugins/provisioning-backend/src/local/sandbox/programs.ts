import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

/**
 * Where a program is.
 *
 * @param path - folders to look in, as PATH names them
 */
export async function findProgram(
  name: string,
  path: string,
): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const file = join(folder, name);
    if (await can(file, constants.X_OK)) return realpath(file);
  }
  return undefined;
}

/**
 * npm's JavaScript. What PATH calls npm is a link to it, or a script that lies
 * beside it.
 */
export async function findNpm(
  path: string,
  node: string,
): Promise<string | undefined> {
  const npm = await findProgram('npm', path);
  if (npm?.endsWith('.js')) return npm;
  const beside = [npm, node].flatMap(program =>
    program ? [join(dirname(program), '..', 'lib'), dirname(program)] : [],
  );
  for (const folder of beside) {
    const file = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
    if (await can(file, constants.R_OK)) return realpath(file);
  }
  return undefined;
}

async function can(file: string, what: number): Promise<boolean> {
  return access(file, what).then(
    () => true,
    () => false,
  );
}
