import { gitText, runGit, TooMuchSaid } from './git';
import { objectId } from './names';

/** A regular file of a commit. */
export interface ReadFile {
  bytes: Buffer;
  executable: boolean;
}

/** Something a tree holds. */
export interface TreeEntry {
  path: string;
  /** As git has it, e.g. `100644`. */
  mode: string;
  object: string;
  /** Bytes; undefined for what is no file. */
  size: number | undefined;
}

/** What can be wrong with a file that is asked for. */
export type ReadFault = 'absent' | 'not-a-file' | 'too-large';

/**
 * Reads a file at a commit. A symbolic link is no file: it could name any file
 * of this machine.
 *
 * @param most - most bytes it may have
 */
export async function readFileAt(
  directory: string,
  commit: string,
  path: string,
  most: number,
): Promise<ReadFile | ReadFault> {
  // Git would fail at these, where there simply is no such file.
  const leads = path.split('/').some(part => ['', '.', '..'].includes(part));
  if (leads || path.includes('\0')) return 'absent';
  const [entry] = parseTree(
    await runGit({
      directory,
      args: [
        '--literal-pathspecs',
        'ls-tree',
        '-z',
        '-l',
        '--full-tree',
        objectId(commit),
        '--',
        path,
      ],
    }),
  );
  if (!entry || entry.path !== path) return 'absent';
  if (!isFile(entry)) return 'not-a-file';
  if ((entry.size ?? 0) > most) return 'too-large';
  const bytes = await runGit({
    directory,
    args: ['cat-file', 'blob', entry.object],
    mostOutput: most,
  });
  return { bytes, executable: entry.mode === '100755' };
}

/** A repository holds more than is read of one here. */
export class TooMuchError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TooMuchError';
  }
}

/**
 * Everything a commit's tree holds, folders aside.
 *
 * @throws TooMuchError: a few folders in one another may list more files than any
 * memory holds
 */
export async function listTree(
  directory: string,
  commit: string,
): Promise<TreeEntry[]> {
  const args = ['ls-tree', '-r', '-z', '-l', '--full-tree', objectId(commit)];
  try {
    return parseTree(await runGit({ directory, args }));
  } catch (error) {
    if (!(error instanceof TooMuchSaid)) throw error;
    throw new TooMuchError('It lists more files than are read here');
  }
}

/** Whether it is a file, and neither a symbolic link nor a submodule. */
export function isFile({ mode }: TreeEntry): boolean {
  return mode === '100644' || mode === '100755';
}

/** Whether one commit comes before another, or is it. */
export async function isAncestor(
  directory: string,
  older: string,
  newer: string,
): Promise<boolean> {
  const base = await gitText({
    directory,
    args: [
      'rev-list',
      '--max-count=1',
      objectId(older),
      `^${objectId(newer)}`,
      '--',
    ],
  });
  return base === '';
}

/** Reads `git ls-tree -z -l`: `<mode> <type> <object> <size>\t<path>\0`. */
export function parseTree(output: Buffer): TreeEntry[] {
  return output
    .toString('utf8')
    .split('\0')
    .flatMap(line => {
      const tab = line.indexOf('\t');
      if (tab < 0) return [];
      const [mode, , object, size] = line.slice(0, tab).split(/ +/);
      return {
        path: line.slice(tab + 1),
        mode,
        object,
        size: size === '-' ? undefined : Number(size),
      };
    });
}
