import {
  mkdtemp,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runGit } from './git';

/**
 * Lets `read` read a repository without believing a word of its configuration.
 *
 * A repository's config may name programs (a remote's upload-pack, a credential
 * helper, a monitor, hooks …) and addresses, and pull in further files that do.
 * New keys come with new versions of git, so overriding those we know would be
 * a list that is never complete. Therefore git is shown another repository: a
 * directory of ours, with a config of ours, in which only what is history (the
 * objects, the names, and where a shallow clone was cut) is a link to theirs.
 * Attributes, hooks, grafts and promised objects stay outside with the config.
 *
 * The names are linked rather than copied, so that git reads them by its own
 * rules while somebody renames or packs them; with the objects linked as well
 * (and not borrowed by `objects/info/alternates`) there is one way for all.
 *
 * @param path - a bare repository, or the directory that holds its `.git`
 * @param within - directory of this user alone, to make the view in
 */
export async function viewing<T>(
  path: string,
  within: string,
  signal: AbortSignal,
  read: (directory: string) => Promise<T>,
): Promise<T> {
  const theirs = await historyOf(resolve(path));
  const directory = await mkdtemp(join(within, 'view-'));
  try {
    const format = await formatOf(theirs, directory, signal);
    for (const name of ['objects', 'refs', 'reftable']) {
      await symlink(join(theirs, name), join(directory, name), 'junction');
    }
    // They may not be there, and may be made while we read: git copes with both.
    for (const name of ['packed-refs', 'shallow']) {
      await symlink(join(theirs, name), join(directory, name), 'file');
    }
    await writeFile(join(directory, 'HEAD'), 'ref: refs/heads/none\n');
    await writeFile(join(directory, 'config'), configOf(format));
    return await read(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * The directory with the objects and names of a repository: what `.git` is or
 * points at, and for a linked worktree the one it is linked to.
 */
async function historyOf(path: string): Promise<string> {
  const dotGit = join(path, '.git');
  const kind = await kindOf(dotGit);
  let directory = kind === 'directory' ? dotGit : path;
  if (kind === 'file') {
    const [, target] = /^gitdir: (.+)/.exec(await readPointer(dotGit)) ?? [];
    if (!target) throw new Error(`${dotGit} points at no repository`);
    directory = resolve(path, target);
  }
  const common = join(directory, 'commondir');
  if ((await kindOf(common)) === 'file') {
    directory = resolve(directory, await readPointer(common));
  }
  for (const name of ['objects', 'refs']) {
    if ((await kindOf(join(directory, name))) !== 'directory') {
      throw new Error(`${path} is not a git repository`);
    }
  }
  return directory;
}

async function kindOf(path: string): Promise<'file' | 'directory' | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'directory';
    return found.isFile() ? 'file' : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

const LONGEST_POINTER = 4_096;

async function readPointer(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > LONGEST_POINTER) throw new Error(`${file} is too long for a path`);
  return (await readFile(file, 'utf8')).trimEnd();
}

/** How objects and names are written down: all that has to be known of a config. */
interface Format {
  objects: string;
  names: string;
}

/**
 * Reads it with git, as it reads any file of this syntax: nothing in it takes
 * effect, and files it includes are left alone.
 */
async function formatOf(
  theirs: string,
  directory: string,
  signal: AbortSignal,
): Promise<Format> {
  const file = join(theirs, 'config');
  const known = { objects: ['sha1', 'sha256'], names: ['files', 'reftable'] };
  if ((await kindOf(file)) !== 'file') {
    return { objects: known.objects[0], names: known.names[0] };
  }
  const ask = async (key: string, values: string[]) => {
    const answer = await runGit({
      directory,
      args: [
        'config',
        `--file=${file}`,
        '--no-includes',
        '--default',
        values[0],
        '--get',
        key,
      ],
      signal,
    });
    const value = answer.trim();
    if (values.includes(value)) return value;
    throw new Error(
      `${file} has ${key} ${JSON.stringify(
        value.slice(0, 64),
      )}, which is not known here`,
    );
  };
  return {
    objects: await ask('extensions.objectFormat', known.objects),
    names: await ask('extensions.refStorage', known.names),
  };
}

function configOf({ objects, names }: Format): string {
  return [
    '[core]',
    'repositoryFormatVersion = 1',
    'bare = true',
    '[extensions]',
    `objectFormat = ${objects}`,
    // Not known to a git that cannot read the other kind.
    ...(names === 'files' ? [] : [`refStorage = ${names}`]),
    '',
  ].join('\n');
}
