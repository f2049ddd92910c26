import { createHash } from 'node:crypto';
import type { RenderedFile } from '@fawkes/backstage-plugin-provisioning-common/rules';

/** What git keeps under a path: a file, a link, a submodule. */
export interface GitEntry {
  /** Below the root, with slashes. */
  path: string;
  /** As git writes it, e.g. `100644`. */
  mode: string;
  /** Id of its object. */
  sha: string;
}

/** The mode git has for a rendered file. */
export function gitModeOf(mode: '644' | '755'): '100644' | '100755' {
  return mode === '755' ? '100755' : '100644';
}

/** Id git gives to the content of a file. */
export function blobId(bytes: Uint8Array): string {
  return objectId('blob', bytes);
}

/**
 * Id git gives to a tree of these entries. Known before anything is sent, it
 * tells whether a repository holds the files already, and whether what a host
 * made of them is what was meant.
 */
export function treeId(entries: readonly GitEntry[]): string {
  const below = new Map<string, GitEntry[]>();
  const rows: Array<{ key: string; mode: string; name: string; sha: string }> =
    [];
  for (const { path, mode, sha } of entries) {
    const slash = path.indexOf('/');
    if (slash < 0) {
      rows.push({ key: path, mode, name: path, sha });
      continue;
    }
    const name = path.slice(0, slash);
    const inside = below.get(name) ?? [];
    inside.push({ path: path.slice(slash + 1), mode, sha });
    below.set(name, inside);
  }
  for (const [name, inside] of below) {
    // Git sorts a folder as if its name ended with a slash.
    rows.push({ key: `${name}/`, mode: '40000', name, sha: treeId(inside) });
  }
  rows.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  const parts = rows.flatMap(({ mode, name, sha }) => [
    Buffer.from(`${mode} ${name}\0`),
    Buffer.from(sha, 'hex'),
  ]);
  return objectId('tree', Buffer.concat(parts));
}

/** Id of the tree of rendered files. */
export function treeOf(files: readonly RenderedFile[]): string {
  return treeId(
    files.map(({ path, mode, bytes }) => ({
      path,
      mode: gitModeOf(mode),
      sha: blobId(bytes),
    })),
  );
}

function objectId(type: 'blob' | 'tree', bytes: Uint8Array): string {
  return createHash('sha1')
    .update(`${type} ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
