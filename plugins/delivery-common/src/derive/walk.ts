import type { ChangeGraph, CommitNode, ShaRef } from './model';

/**
 * Collects every known commit that is reachable from `heads` without passing a
 * covered one. Where a parent is unknown the walk ends; the unknown commit is
 * reported, because its arrival can change the answer.
 * @public
 */
export function walkUncovered(
  heads: readonly ShaRef[],
  graph: Pick<ChangeGraph, 'commit'>,
  isCovered: (repository: string, sha: string) => boolean,
): { commits: CommitNode[]; unknown: ShaRef[] } {
  const commits: CommitNode[] = [];
  const unknown: ShaRef[] = [];
  const seen = new Set<string>();
  const stack: ShaRef[] = [...heads];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { repository, sha } = next;
    const name = `${repository}@${sha}`;
    if (seen.has(name) || isCovered(repository, sha)) continue;
    seen.add(name);
    const commit = graph.commit(repository, sha);
    if (!commit) {
      unknown.push({ repository, sha });
      continue;
    }
    commits.push(commit);
    for (const parent of commit.parents ?? []) {
      stack.push({ repository, sha: parent });
    }
  }
  return { commits, unknown };
}
