import type { FileMode } from '../contract';
import type { Said } from '@fawkes/kit-contract';
import { compareCodePoints } from './digests';
import { mergeText } from './mergeText';
import { say } from './words';

/** A file of a tree. @public */
export interface TreeFile {
  /** As git has it. */
  mode: FileMode;
  /** Digest of its bytes: equal digests are equal files. */
  sha256: string;
  /** Its text; null where it is none. */
  text: string | null;
}

/** A tree by path. @public */
export type Tree = ReadonlyMap<string, TreeFile>;

/** What an update does to one file of theirs. @public */
export type MergedFile =
  | { path: string; change: 'added'; mode: FileMode; take: 'ours' }
  /** Whose bytes it has; theirs where only the mode changes. */
  | {
      path: string;
      change: 'changed';
      mode: FileMode;
      take: 'ours' | 'theirs';
    }
  | {
      path: string;
      change: 'changed';
      mode: FileMode;
      take: 'text';
      text: string;
    }
  | { path: string; change: 'removed' };

/** A file in which template and people do not go together. @public */
export interface MergeConflict {
  /** Below the root of the repository, with slashes. */
  path: string;
  /** Why a person has to look. */
  reason: Said;
}

/** What an update proposes. @public */
export interface MergedTree {
  /** What changes in their tree, by path. Whatever is not here stays. */
  files: MergedFile[];
  /** Files that stay as people wrote them, for people to look at. */
  conflicts: MergeConflict[];
}

/**
 * Merges a new render of a template into what people made of the old one, file
 * by file. Where both changed the same, theirs stays and the file is listed.
 *
 * @param base - the kept render of the old template
 * @param ours - the render of the new one
 * @param theirs - main as it is
 * @public
 */
export function mergeTrees(base: Tree, ours: Tree, theirs: Tree): MergedTree {
  const files: MergedFile[] = [];
  const conflicts: MergeConflict[] = [];
  const paths = [...new Set([...base.keys(), ...ours.keys()])];
  for (const path of paths.sort(compareCodePoints)) {
    const merged = mergeFile(path, base.get(path), ours.get(path), theirs);
    if (!merged) continue;
    if ('change' in merged) files.push(merged);
    else conflicts.push(merged);
  }
  return { files, conflicts };
}

type Maybe = TreeFile | undefined;

/** Undefined where nothing is to be done. */
function mergeFile(
  path: string,
  base: Maybe,
  ours: Maybe,
  tree: Tree,
): MergedFile | MergeConflict | undefined {
  const theirs = tree.get(path);
  if (same(ours, base) || same(ours, theirs)) return undefined;
  if (same(theirs, base)) {
    if (!ours) return { path, change: 'removed' };
    if (!theirs && blocksPath(path, tree)) {
      return { path, reason: say('merge.type') };
    }
    return {
      path,
      change: theirs ? 'changed' : 'added',
      mode: ours.mode,
      take: 'ours',
    };
  }
  if (!ours) return { path, reason: say('merge.removed_by_template') };
  if (!theirs) return { path, reason: say('merge.removed_by_people') };
  if (!base) return { path, reason: say('merge.both_added') };
  return mergeContent(path, base, ours, theirs);
}

function same(a: Maybe, b: Maybe): boolean {
  return a?.sha256 === b?.sha256 && a?.mode === b?.mode;
}

/** Whether people have a file where a folder would be, or the other way round. */
function blocksPath(path: string, tree: Tree): boolean {
  const parts = path.split('/');
  const above = parts
    .slice(0, -1)
    .some((_, index) => tree.has(parts.slice(0, index + 1).join('/')));
  if (above) return true;
  const folder = `${path}/`;
  return [...tree.keys()].some(other => other.startsWith(folder));
}

function mergeContent(
  path: string,
  base: TreeFile,
  ours: TreeFile,
  theirs: TreeFile,
): MergedFile | MergeConflict | undefined {
  const mode = ours.mode === base.mode ? theirs.mode : ours.mode;
  if (ours.sha256 === base.sha256 || ours.sha256 === theirs.sha256) {
    return mode === theirs.mode
      ? undefined
      : { path, change: 'changed', mode, take: 'theirs' };
  }
  if (theirs.sha256 === base.sha256) {
    return { path, change: 'changed', mode, take: 'ours' };
  }
  if (base.text === null || ours.text === null || theirs.text === null) {
    return { path, reason: say('merge.binary') };
  }
  const merged = mergeText(base.text, ours.text, theirs.text);
  if ('conflict' in merged) {
    return { path, reason: say(`merge.${merged.conflict}`) };
  }
  const { text } = merged;
  return text === theirs.text && mode === theirs.mode
    ? undefined
    : { path, change: 'changed', mode, take: 'text', text };
}
