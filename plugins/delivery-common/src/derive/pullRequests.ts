import type { LinkMethod } from '../contract';
import { compareText } from '@fawkes/kit-contract';
import type {
  ChangeGraph,
  ContainedPullRequest,
  CoveredCommit,
  PullRequestNode,
  ShaRef,
} from './model';

const SQUASH_TITLE = /\(#(\d{1,9})\)\s*$/;

/**
 * The number of the pull request that a commit squashed, by the `(#123)` its
 * title ends with.
 * @public
 */
export function squashedNumber(
  title: string | null | undefined,
): number | null {
  const match = SQUASH_TITLE.exec(title ?? '');
  return match && Number(match[1]);
}

/**
 * The pull requests one deployment brought first: those whose merge sha or any
 * of whose commits it contains, unless an earlier deployment already brought it
 * or carried one of these. A squashed pull request is also known by the `(#123)` that ends
 * the title of its commit.
 * @public
 */
export function containedPullRequests(options: {
  method: LinkMethod;
  heads: readonly ShaRef[];
  commits: readonly CoveredCommit[];
  graph: ChangeGraph;
  wasCovered: (repository: string, sha: string) => boolean;
  wasBrought: (repository: string, number: number) => boolean;
}): ContainedPullRequest[] {
  const { method, heads, commits, graph, wasCovered, wasBrought } = options;
  const found = new Map<string, ContainedPullRequest>();
  const add = (pull: PullRequestNode | undefined, by: LinkMethod) => {
    if (!pull) return;
    const name = `${pull.repository}#${pull.number}`;
    const shas = pull.mergeSha
      ? [pull.mergeSha, ...pull.commits]
      : pull.commits;
    if (
      found.has(name) ||
      wasBrought(pull.repository, pull.number) ||
      shas.some(sha => wasCovered(pull.repository, sha))
    ) {
      return;
    }
    found.set(name, {
      repository: pull.repository,
      number: pull.number,
      method: by,
    });
  };
  for (const { repository, sha, coverage } of commits) {
    if (coverage !== 'contained') continue;
    for (const pull of graph.pullRequestsOf(repository, sha)) {
      add(pull, method);
    }
    const squashed = squashedNumber(graph.commit(repository, sha)?.title);
    if (squashed !== null) {
      const pull = graph.pullRequest(repository, squashed);
      if (pull?.merged) add(pull, 'squash-map');
    }
  }
  if (method === 'merge-sha' || method === 'head-sha') {
    for (const { repository, sha } of heads) {
      if (method === 'merge-sha') {
        graph
          .pullRequestsOf(repository, sha)
          .filter(pull => pull.mergeSha === sha)
          .forEach(pull => add(pull, method));
      } else {
        add(graph.pullRequestByHeadSha(repository, sha), method);
      }
    }
  }
  return [...found.values()].sort(
    (a, b) => compareText(a.repository, b.repository) || a.number - b.number,
  );
}
