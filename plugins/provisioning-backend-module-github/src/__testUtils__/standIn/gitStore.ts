import { createHash } from 'node:crypto';
import { blobId, treeId, type GitEntry } from '../../git/objects';

/** A commit of the stand-in. */
export interface StoredCommit {
  sha: string;
  tree: string;
  parents: string[];
  message: string;
  author: string;
  at: number;
}

let clock = 1_700_000_000;

/** Git objects and branches of one repository. */
export class GitStore {
  readonly blobs = new Map<string, Buffer>();
  readonly trees = new Map<string, GitEntry[]>();
  readonly commits = new Map<string, StoredCommit>();
  readonly heads = new Map<string, string>();

  blob(bytes: Buffer): string {
    const sha = blobId(bytes);
    this.blobs.set(sha, bytes);
    return sha;
  }

  tree(entries: GitEntry[]): string {
    const sha = treeId(entries);
    this.trees.set(sha, entries);
    return sha;
  }

  /** Each commit has a second of its own: made twice, it is two. */
  commit(
    tree: string,
    parents: string[],
    message: string,
    author: string,
  ): StoredCommit {
    const at = clock++;
    const text = JSON.stringify([tree, parents, message, author, at]);
    const sha = createHash('sha1').update(text).digest('hex');
    const commit = { sha, tree, parents, message, author, at };
    this.commits.set(sha, commit);
    return commit;
  }

  filesAt(branch: string): Map<string, { mode: string; text: string }> {
    const commit = this.commits.get(this.heads.get(branch) ?? '');
    const entries = commit ? this.trees.get(commit.tree)! : [];
    return new Map(
      entries.map(({ path, mode, sha }) => [
        path,
        { mode, text: this.blobs.get(sha)!.toString('utf8') },
      ]),
    );
  }

  /** Newest first. */
  history(tip: string): StoredCommit[] {
    const seen = new Map<string, StoredCommit>();
    const open = [tip];
    while (open.length > 0) {
      const commit = this.commits.get(open.pop()!);
      if (!commit || seen.has(commit.sha)) continue;
      seen.set(commit.sha, commit);
      open.push(...commit.parents);
    }
    return [...seen.values()].sort((a, b) => b.at - a.at);
  }

  reaches(tip: string, sha: string): boolean {
    return this.history(tip).some(commit => commit.sha === sha);
  }
}
