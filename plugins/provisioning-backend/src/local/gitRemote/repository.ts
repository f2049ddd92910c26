import { randomUUID } from 'node:crypto';
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gitText, runGit, tryGit } from './git';
import { branchRef, MAIN, objectId } from './names';

/**
 * Makes an empty bare repository with `main` as its default branch. Under its
 * own name only once it is whole; one that is there is left as it is.
 *
 * What protects it (no hooks, no rewriting, no deleting, fsck) is not written
 * into it but told to git on every run: a repository's own configuration is
 * never what our rules rest on.
 *
 * @returns whether it was made now
 */
export async function createRepository(directory: string): Promise<boolean> {
  if (await exists(directory)) return false;
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
  const unfinished = `${directory}.${randomUUID()}.new`;
  try {
    await runGit({
      directory: dirname(directory),
      args: [
        'init',
        '--quiet',
        '--bare',
        '--template=',
        '--initial-branch=main',
        '--',
        unfinished,
      ],
    });
    await rename(unfinished, directory);
    return true;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Somebody else made it in the same moment.
    if (await exists(directory)) return false;
    throw error;
  }
}

/**
 * Deletes a repository; one that is gone is no error. Nobody finds half of it
 * under its name. Nothing may work in it any more, see GitRemote.leave.
 */
export async function deleteRepository(directory: string): Promise<void> {
  const parting = `${directory}.${randomUUID()}.gone`;
  try {
    await rename(directory, parting);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return;
  }
  await rm(parting, { recursive: true, force: true });
}

/**
 * Takes away what a run of git that was killed left behind: half packs, and
 * locks that would refuse every push from now on. Only while no git runs in it.
 */
export async function tidyRepository(directory: string): Promise<void> {
  for (const name of await readdir(join(directory, 'objects'))) {
    if (/^(tmp_objdir-)?incoming-|^tmp_/.test(name)) {
      await rm(join(directory, 'objects', name), { recursive: true });
    }
  }
  const locks = [
    ...(await filesBelow(directory, 'refs')),
    ...(await readdir(directory)),
  ].filter(name => name.endsWith('.lock'));
  for (const lock of locks) await rm(join(directory, lock), { force: true });
}

/** Takes away repositories that a crash left half made or half deleted. */
export async function tidyRepositories(root: string): Promise<void> {
  const names = await readdir(root).catch(error => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    const path = join(root, name);
    if (/\.[0-9a-f-]{36}\.(new|gone)$/.test(name)) {
      await rm(path, { recursive: true, force: true });
    } else if (await exists(join(path, 'objects'))) {
      await tidyRepository(path);
    }
  }
}

/** The commit a branch ends in; undefined where there is no such branch. */
export async function tipOf(
  directory: string,
  branch: string = 'main',
): Promise<string | undefined> {
  const { code, stdout } = await tryGit({
    directory,
    args: ['rev-parse', '--verify', '--quiet', branchRef(branch)],
  });
  return code === 0 ? stdout.toString('utf8').trim() : undefined;
}

/** The tree of a commit. */
export function treeOf(directory: string, commit: string): Promise<string> {
  return gitText({
    directory,
    args: ['rev-parse', '--verify', `${objectId(commit)}^{tree}`],
  });
}

/**
 * Deletes a branch of ours that still ends where it is known to.
 *
 * @throws GitError when it ends elsewhere by now
 */
export async function deleteBranch(
  directory: string,
  branch: string,
  tip: string,
): Promise<void> {
  const ref = branchRef(branch);
  if (ref === MAIN) throw new Error('main is not deleted');
  await runGit({
    directory,
    args: ['update-ref', '-d', ref, objectId(tip)],
  });
}

/** Bytes that its objects take. */
export async function sizeOf(directory: string): Promise<number> {
  const text = await gitText({ directory, args: ['count-objects', '-v'] });
  const kibibytes = (name: string) =>
    Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return (kibibytes('size') + kibibytes('size-pack')) * 1024;
}

/** Paths of all files below a folder, with the folder. */
export async function filesBelow(
  directory: string,
  folder: string,
): Promise<string[]> {
  const entries = await readdir(join(directory, folder), {
    withFileTypes: true,
    recursive: true,
  }).catch(error => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name).slice(directory.length + 1),
    );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The branches whose names begin so, with where they end. */
export async function tipsBelow(
  directory: string,
  prefix: string,
): Promise<Map<string, string>> {
  const text = await gitText({
    directory,
    args: [
      'for-each-ref',
      '--format=%(objectname) %(refname:lstrip=2)',
      branchRef(prefix.replace(/\/$/, '')),
    ],
  });
  return new Map(
    text
      .split('\n')
      .filter(Boolean)
      .map(line => {
        const space = line.indexOf(' ');
        return [line.slice(space + 1), line.slice(0, space)] as const;
      }),
  );
}
