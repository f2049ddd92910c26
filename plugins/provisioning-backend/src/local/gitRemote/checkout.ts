import { canonicalJson } from '@fawkes/kit-contract';
import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runGit } from './git';
import { isFile, listTree, TooMuchError, type TreeEntry } from './read';

/** A file of a checkout. */
export interface CheckedOutFile {
  path: string;
  /** Octal text. */
  mode: '644' | '755';
  /** Hexadecimal. */
  sha256: string;
}

/** What a checkout brought. */
export interface Checkout {
  files: CheckedOutFile[];
  /** What was left out: symbolic links and submodules lead out of the folder. */
  skipped: Array<{ path: string; why: 'symlink' | 'submodule' | 'name' }>;
  /** SHA-256 over path, mode and content of all files. */
  digest: string;
}

/** How much may be checked out. */
export interface CheckoutLimits {
  files: number;
  bytes: number;
}

/** What a service of ours may have at most. */
export const CHECKOUT_LIMITS: CheckoutLimits = {
  files: 5_000,
  bytes: 64 * 1024 * 1024,
};

/** Why a tree is not checked out. */
export class CheckoutRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CheckoutRefused';
  }
}

/**
 * Writes the files of a commit into a folder that is not there yet. Git itself
 * checks nothing out: that way no filter, line ending or attribute of the
 * repository has a say, and the same commit is the same bytes.
 *
 * @throws CheckoutRefused when there is too much of it
 */
export async function checkOut(
  directory: string,
  commit: string,
  target: string,
  limits: CheckoutLimits = CHECKOUT_LIMITS,
): Promise<Checkout> {
  const entries = await entriesOf(directory, commit);
  const skipped = entries.flatMap(({ path, mode }) => {
    const why = reasonToSkip(path, mode);
    return why ? [{ path, why }] : [];
  });
  const left = new Set(skipped.map(({ path }) => path));
  const taken = entries.filter(entry => isFile(entry) && !left.has(entry.path));
  refuseTooMuch(taken, limits);
  await mkdir(target, { recursive: false, mode: 0o755 });
  const files: CheckedOutFile[] = [];
  for (const batch of batches(taken)) {
    const contents = await readBlobs(directory, batch);
    for (const [index, entry] of batch.entries()) {
      files.push(await write(target, entry, contents[index]));
    }
  }
  return { files, skipped, digest: digestOf(files) };
}

async function entriesOf(directory: string, commit: string) {
  try {
    return await listTree(directory, commit);
  } catch (error) {
    if (!(error instanceof TooMuchError)) throw error;
    throw new CheckoutRefused(error.message);
  }
}

/** Digest of a tree: path, mode and content of each file, whatever their order. */
export function digestOf(files: readonly CheckedOutFile[]): string {
  const rows = files
    .map(({ path, mode, sha256 }) => [path, mode, sha256])
    // Bytes of UTF-8 are in the order of code points.
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return createHash('sha256').update(canonicalJson(rows)).digest('hex');
}

function reasonToSkip(path: string, mode: string) {
  if (mode === '120000') return 'symlink' as const;
  if (mode === '160000') return 'submodule' as const;
  return isSafe(path) ? undefined : ('name' as const);
}

/** Whether a path stays in its folder, on any file system. Git's fsck asks the same of a push. */
function isSafe(path: string): boolean {
  return (
    !/[\\:\p{Cc}\ufffd]/u.test(path) &&
    path.split('/').every(part => {
      const folded = part.toLowerCase().replace(/[. ]{1,255}$/, '');
      return folded !== '' && folded !== '.git' && folded !== 'git~1';
    })
  );
}

function refuseTooMuch(entries: TreeEntry[], limits: CheckoutLimits) {
  const bytes = entries.reduce((sum, { size = 0 }) => sum + size, 0);
  if (entries.length > limits.files || bytes > limits.bytes) {
    throw new CheckoutRefused(
      `${entries.length} files of ${bytes} bytes are more than the ${limits.files} files and ${limits.bytes} bytes that a service may have`,
    );
  }
}

const BATCH_BYTES = 8 * 1024 * 1024;

/** Groups files, so that few are in memory at a time. */
export function batches(entries: readonly TreeEntry[]): TreeEntry[][] {
  const groups: TreeEntry[][] = [];
  let bytes = Infinity;
  for (const entry of entries) {
    bytes += entry.size ?? 0;
    if (bytes > BATCH_BYTES) {
      groups.push([]);
      bytes = entry.size ?? 0;
    }
    groups.at(-1)!.push(entry);
  }
  return groups;
}

/** Reads `git cat-file --batch`: `<object> blob <size>\n<bytes>\n`, each in turn. */
export async function readBlobs(
  directory: string,
  entries: readonly TreeEntry[],
): Promise<Buffer[]> {
  const output = await runGit({
    directory,
    args: ['cat-file', '--batch'],
    input: entries.map(({ object }) => `${object}\n`).join(''),
    mostOutput: Infinity,
  });
  let at = 0;
  return entries.map(({ object, size = 0 }) => {
    const end = output.indexOf('\n', at);
    if (output.toString('latin1', at, end) !== `${object} blob ${size}`) {
      throw new Error(`Git has lost a file: ${object}`);
    }
    at = end + 1 + size + 1;
    return output.subarray(end + 1, end + 1 + size);
  });
}

async function write(
  target: string,
  { path, mode }: TreeEntry,
  bytes: Buffer,
): Promise<CheckedOutFile> {
  const place = join(target, path);
  await mkdir(dirname(place), { recursive: true, mode: 0o755 });
  const executable = mode === '100755';
  // Two names that this file system takes for one are an error, not a choice.
  const file = await open(place, 'wx', executable ? 0o755 : 0o644);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
  return {
    path,
    mode: executable ? '755' : '644',
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}
