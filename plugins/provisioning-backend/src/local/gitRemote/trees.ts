import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { batches, readBlobs } from './checkout';
import type { CommitWords, NewFile } from './ensure/scratch';
import { messageOf } from './ensure/scratch';
import { gitText, runGit, tryGit } from './git';
import { branchRef, objectId } from './names';
import { signatureEnv } from './person';
import { mark } from './moves';
import { isFile, listTree, TooMuchError } from './read';

/** What changes in a tree, by path; null takes a file away. */
export type TreeChanges = ReadonlyMap<string, NewFile | null>;

/** A file of a commit, read. */
export interface FileAt {
  mode: '644' | '755';
  bytes: Buffer;
}

/** Most bytes of all files that are compared. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The regular files of a commit; links and submodules are left out.
 *
 * @throws TooMuchError
 */
export async function filesAt(
  directory: string,
  commit: string,
): Promise<Map<string, FileAt>> {
  const entries = (await listTree(directory, commit)).filter(isFile);
  const total = entries.reduce((sum, { size = 0 }) => sum + size, 0);
  if (total > MOST_BYTES)
    throw new TooMuchError('The files are too large to compare');
  const files = new Map<string, FileAt>();
  for (const batch of batches(entries)) {
    const contents = await readBlobs(directory, batch);
    for (const [index, { path, mode }] of batch.entries()) {
      files.set(path, {
        mode: mode === '100755' ? '755' : '644',
        bytes: contents[index],
      });
    }
  }
  return files;
}

/**
 * Makes a tree of another one and changes. What is not changed stays as it is,
 * links and submodules too. Nothing points at it yet.
 *
 * @param base - a commit; undefined for a tree of the changes alone
 */
export async function changeTree(
  directory: string,
  workDirectory: string,
  base: string | undefined,
  changes: TreeChanges,
): Promise<string> {
  await mkdir(workDirectory, { recursive: true, mode: 0o700 });
  const index = join(workDirectory, `index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    const from = base ? [objectId(base)] : ['--empty'];
    await runGit({ directory, env, args: ['read-tree', ...from] });
    const lines: string[] = [];
    for (const [path, file] of changes) {
      if (/[\0]/.test(path)) throw new Error('That is no path');
      const object = file
        ? await gitText({
            directory,
            args: ['hash-object', '-w', '-t', 'blob', '--stdin'],
            input: file.bytes,
          })
        : '0'.repeat(40);
      const mode = file ? `100${file.mode}` : '0';
      lines.push(`${mode} ${object}\t${path}\0`);
    }
    await runGit({
      directory,
      env,
      args: ['update-index', '-z', '--index-info'],
      input: lines.join(''),
    });
    return await gitText({ directory, env, args: ['write-tree'] });
  } finally {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  }
}

/** Makes a commit that nothing points at yet. */
export function commitTree(
  directory: string,
  tree: string,
  parents: readonly string[],
  words: CommitWords,
): Promise<string> {
  return gitText({
    directory,
    args: [
      'commit-tree',
      objectId(tree),
      ...parents.flatMap(parent => ['-p', objectId(parent)]),
    ],
    input: messageOf(words),
    env: {
      ...signatureEnv('AUTHOR', words.author),
      ...signatureEnv('COMMITTER', words.committer),
    },
  });
}

/**
 * Points a branch of ours at a commit, if it still is where it is known to be.
 *
 * @param before - undefined where it must not be there
 * @returns whether it was
 */
export async function moveBranch(
  directory: string,
  branch: string,
  { from, to, id }: { from: string | undefined; to: string; id: string },
): Promise<boolean> {
  const { code } = await tryGit({
    directory,
    args: [
      'update-ref',
      '-m',
      'portal',
      branchRef(branch),
      objectId(to),
      from ?? '',
    ],
    env: {
      GIT_COMMITTER_NAME: 'portal',
      GIT_COMMITTER_EMAIL: mark(id.replace(/[^\w-]/g, '-'), 'portal'),
    },
  });
  return code === 0;
}

/** Keeps a commit of ours from being tidied away, under a name people do not see. */
export async function keepCommit(
  directory: string,
  name: string,
  commit: string,
): Promise<void> {
  if (!/^[a-z0-9-]{1,100}$/.test(name)) throw new Error(`${name} is no name`);
  await runGit({
    directory,
    args: ['update-ref', `refs/fawkes/${name}`, objectId(commit)],
  });
}
