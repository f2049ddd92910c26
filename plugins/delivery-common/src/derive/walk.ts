import type { ChangeGraph, CommitNode, ShaRef } from './model';

/** What a walk back through history found. @public */
export interface Walked {
  /** The known commits it met, each once. */
  commits: CommitNode[];
  /** Commits nobody has told about: their arrival can change the answer. */
  unknown: ShaRef[];
  /** Of a commit it met nobody has told the parents. */
  parentsUnknown: boolean;
  /** It came upon something that was deployed before. */
  met: boolean;
}

/**
 * Collects every known commit that is reachable from `heads` without passing a
 * covered one: by parents, and by what complete pushes say, because unknown
 * parents are not the end of history.
 * @public
 */
export function walkUncovered(
  heads: readonly ShaRef[],
  graph: Pick<ChangeGraph, 'commit' | 'pushed'>,
  isCovered: (repository: string, sha: string) => boolean,
): Walked {
  const walked: Walked = {
    commits: [],
    unknown: [],
    parentsUnknown: false,
    met: false,
  };
  const seen = new Set<string>();
  const stack: ShaRef[] = [...heads];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { repository, sha } = next;
    const name = `${repository}@${sha}`;
    if (seen.has(name)) continue;
    seen.add(name);
    if (isCovered(repository, sha)) {
      walked.met = true;
      continue;
    }
    const commit = graph.commit(repository, sha);
    if (commit) {
      walked.commits.push(commit);
      walked.parentsUnknown ||= commit.parents === null;
    } else {
      walked.unknown.push({ repository, sha });
    }
    for (const parent of [
      ...(commit?.parents ?? []),
      ...(graph.pushed(repository, sha) ?? []),
    ]) {
      stack.push({ repository, sha: parent });
    }
  }
  return walked;
}
