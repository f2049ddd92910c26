import type { LinkMethod } from '../contract';
import { compareText } from '@fawkes/kit-contract';
import type {
  ChangeGraph,
  CommitNode,
  ContainedPullRequest,
  Coverage,
  CoveredCommit,
  PullRequestNode,
  ServiceRules,
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
 * The pull request a commit belongs to: of several the one that was merged
 * first, then the one with the lowest number. One that is not merged owns none.
 * @public
 */
export function ownerOf<P extends Pick<PullRequestNode, 'mergedAt' | 'number'>>(
  pulls: readonly P[],
): P | undefined {
  let owner: P | undefined;
  for (const pull of pulls) {
    if (pull.mergedAt === null) continue;
    const order = owner
      ? pull.mergedAt - owner.mergedAt! || pull.number - owner.number
      : -1;
    if (order < 0) owner = pull;
  }
  return owner;
}

/** What is known of the chain and of the deployment that is looked at. */
export interface PullRequestsOf {
  method: LinkMethod;
  heads: readonly ShaRef[];
  /** When the deployment finished, ms. */
  finishedAt: number;
  /** Every commit that is deployed since. */
  commits: readonly CoveredCommit[];
  graph: ChangeGraph;
  rules: ServiceRules;
  /** What an earlier deployment of the chain did with it. */
  before(repository: string, number: number): Coverage | undefined;
  /** Those that were carried before they were merged. */
  waiting: readonly ContainedPullRequest[];
}

/**
 * The pull requests in one deployment: those whose merge sha is deployed since,
 * counted or not, or a commit they own. A squashed one is also known by the
 * `(#123)` that ends the title of its commit. None counts before it is merged,
 * unless its head itself was deployed; what was carried too early counts in the
 * first deployment after the merge.
 */
export function containedPullRequests(
  options: PullRequestsOf,
): ContainedPullRequest[] {
  const { method, heads, finishedAt, commits, graph, rules, before } = options;
  const found = new Map<string, ContainedPullRequest>();
  const put = (
    pull: PullRequestNode | undefined,
    by: LinkMethod,
    coverage: 'contained' | 'seed',
  ) => {
    if (!pull) return;
    const { repository, number, mergedAt } = pull;
    const name = `${repository}#${number}`;
    const known = found.get(name);
    if (known?.coverage === 'seed' || known?.coverage === coverage) return;
    const earlier = before(repository, number);
    if (earlier === 'contained' || earlier === 'seed') return;
    const isHead = heads.some(
      head => head.repository === repository && head.sha === pull.headSha,
    );
    if (mergedAt === null && !isHead) return;
    if (coverage !== 'seed' && pull.bot && !rules.countsBot(pull)) return;
    const tooEarly = !isHead && mergedAt! > finishedAt;
    found.set(name, {
      repository,
      number,
      method: by,
      coverage: tooEarly && coverage === 'contained' ? 'covered' : coverage,
    });
  };
  for (const { repository, sha, coverage, method: by } of commits) {
    const commit = graph.commit(repository, sha);
    if (commit && coverage !== 'seed' && !isOfService(commit, graph, rules)) {
      continue;
    }
    const as = coverage === 'seed' ? 'seed' : 'contained';
    const pulls = graph.pullRequestsOf(repository, sha);
    const owner = ownerOf(pulls);
    for (const pull of pulls) {
      const byHead =
        pull.mergedAt === null && pull.commits.includes(sha) && !owner;
      if (pull.mergeSha === sha || pull === owner || byHead) put(pull, by, as);
    }
    const squashed = squashedNumber(commit?.title);
    if (squashed !== null) {
      const pull = graph.pullRequest(repository, squashed);
      if (pull && pull.mergedAt !== null) put(pull, 'squash-map', as);
    }
  }
  for (const { repository, sha } of heads) {
    if (method === 'merge-sha') {
      graph
        .pullRequestsOf(repository, sha)
        .filter(pull => pull.mergeSha === sha)
        .forEach(pull => put(pull, method, 'contained'));
    } else if (method === 'head-sha') {
      put(graph.pullRequestByHeadSha(repository, sha), method, 'contained');
    }
  }
  for (const { repository, number, method: by } of options.waiting) {
    const pull = graph.pullRequest(repository, number);
    if (pull && pull.mergedAt !== null && pull.mergedAt <= finishedAt) {
      put(pull, by, 'contained');
    }
  }
  return [...found.values()].sort(
    (a, b) => compareText(a.repository, b.repository) || a.number - b.number,
  );
}

/**
 * Whether a commit is one of the service's: a merge commit is no change, but it
 * brings what it merged. That of a bot goes with the labels of the pull request
 * that owns it.
 */
export function isOfService(
  commit: CommitNode,
  graph: Pick<ChangeGraph, 'pullRequestsOf'>,
  rules: ServiceRules,
): boolean {
  if (!rules.touches(commit)) return false;
  if (!commit.bot) return true;
  const { repository, sha, botName, title } = commit;
  const owner = ownerOf(graph.pullRequestsOf(repository, sha));
  return rules.countsBot({ botName, title, labels: owner?.labels ?? [] });
}
