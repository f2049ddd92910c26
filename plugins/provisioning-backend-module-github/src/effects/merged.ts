import {
  mergeTrees,
  type MergeConflict,
  type RenderedFile,
  type Tree,
  type TreeFile,
} from '@fawkes/backstage-plugin-provisioning-common/rules';
import { textOf } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Change } from '../api/write';
import { blobId, gitModeOf, treeId, type GitEntry } from '../git/objects';

/** What a proposal changes in a tree. */
export interface Merged {
  changes: Change[];
  /** Files that stay as people wrote them, for people to look at. */
  conflicts: MergeConflict[];
  /** Id of the tree that comes out. */
  tree: string;
}

/** Reads the content of an object of the repository. */
export type ReadBlob = (sha: string) => Promise<Uint8Array>;

/** Rendered files over what is there: nothing of other people's is taken away. */
export function overlay(
  files: readonly RenderedFile[],
  theirs: readonly GitEntry[],
): Merged {
  const ours = treeOfFiles(files);
  const tree = treeOfEntries(theirs);
  // Where we never wrote, what is there counts as what we go on from.
  const base = new Map([...tree].filter(([path]) => ours.has(path)));
  return merge(files, theirs, { base, ours, theirs: tree });
}

/** New files merged into what people made of the old ones. */
export async function threeWay(
  files: readonly RenderedFile[],
  before: readonly GitEntry[],
  theirs: readonly GitEntry[],
  read: ReadBlob,
): Promise<Merged> {
  const ours = treeOfFiles(files);
  const base = treeOfEntries(before);
  const tree = treeOfEntries(theirs);
  // Texts are needed only where template and people both changed a file.
  for (const [path, own] of ours) {
    const [old, found] = [base.get(path), tree.get(path)];
    if (!old || !found) continue;
    const ids = new Set([own.sha256, old.sha256, found.sha256]);
    if (ids.size < 3) continue;
    base.set(path, { ...old, text: textOf(await read(old.sha256)) ?? null });
    tree.set(path, {
      ...found,
      text: textOf(await read(found.sha256)) ?? null,
    });
  }
  return merge(files, theirs, { base, ours, theirs: tree });
}

function merge(
  files: readonly RenderedFile[],
  entries: readonly GitEntry[],
  { base, ours, theirs }: Record<'base' | 'ours' | 'theirs', Tree>,
): Merged {
  const bytesOf = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const found = new Map(entries.map(entry => [entry.path, entry]));
  const merged = mergeTrees(base, ours, theirs);
  const changes = merged.files.map((file): Change => {
    const { path } = file;
    if (file.change === 'removed') return { path, gone: true };
    const mode = gitModeOf(file.mode);
    if (file.take === 'text') {
      return { path, mode, bytes: Buffer.from(file.text) };
    }
    return file.take === 'ours'
      ? { path, mode, bytes: bytesOf.get(path)! }
      : { path, mode, sha: found.get(path)!.sha };
  });
  for (const change of changes) {
    const { path } = change;
    if ('gone' in change) found.delete(path);
    else {
      const { mode } = change;
      const sha = 'sha' in change ? change.sha : blobId(change.bytes);
      found.set(path, { path, mode, sha });
    }
  }
  const tree = treeId([...found.values()]);
  return { changes, conflicts: merged.conflicts, tree };
}

/** Any digest tells files apart; git's own needs no content. */
function treeOfFiles(files: readonly RenderedFile[]): Map<string, TreeFile> {
  return new Map(
    files.map(({ path, mode, bytes }) => [
      path,
      { mode, sha256: blobId(bytes), text: textOf(bytes) ?? null },
    ]),
  );
}

function treeOfEntries(entries: readonly GitEntry[]): Map<string, TreeFile> {
  return new Map(
    entries.map(({ path, mode, sha }) => [
      path,
      { mode: modeOf(mode), sha256: sha, text: null },
    ]),
  );
}

/** Links and submodules keep their own mode, so that they equal no file of ours. */
function modeOf(mode: string): TreeFile['mode'] {
  if (mode === '100755') return '755';
  return mode === '100644' ? '644' : (mode as TreeFile['mode']);
}
