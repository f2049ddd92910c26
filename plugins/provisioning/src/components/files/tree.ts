/** A folder: its folders, then its files, each in order. */
export interface Folder<F extends { path: string }> {
  name: string;
  folders: Folder<F>[];
  files: { name: string; file: F }[];
}

/** Files by their folders. */
export function treeOf<F extends { path: string }>(
  files: readonly F[],
): Folder<F> {
  const root = folderOf<F>('');
  for (const file of files) {
    const parts = file.path.split('/');
    const name = parts.pop()!;
    let at = root;
    for (const part of parts) {
      let next = at.folders.find(folder => folder.name === part);
      if (!next) {
        next = folderOf(part);
        at.folders.push(next);
      }
      at = next;
    }
    at.files.push({ name, file });
  }
  return sorted(root);
}

function folderOf<F extends { path: string }>(name: string): Folder<F> {
  return { name, folders: [], files: [] };
}

function sorted<F extends { path: string }>(folder: Folder<F>): Folder<F> {
  const byName = (a: { name: string }, b: { name: string }) =>
    a.name.localeCompare(b.name, 'en');
  return {
    ...folder,
    folders: folder.folders.map(sorted).sort(byName),
    files: [...folder.files].sort(byName),
  };
}
