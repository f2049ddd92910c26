import type { Confidence, LinkMethod } from '../contract';
import { compareText } from '@fawkes/kit-contract';
import type {
  ChainDeployment,
  ChangeGraph,
  ContainedPullRequest,
  Containment,
  Coverage,
  CoveredCommit,
  DeploymentPart,
  ServiceRules,
  ShaRef,
} from './model';
import { containedPullRequests } from './pullRequests';
import { walkUncovered } from './walk';

/** What is already known about the chain before the first given success. @public */
export interface ChainPast {
  /** The chain has a success before the first given one. */
  seeded: boolean;
  /** What the chain did with a commit before; undefined if it never saw it. */
  coverage(repository: string, sha: string): Coverage | undefined;
  /** An earlier success of the chain brought this pull request already. */
  brought(repository: string, number: number): boolean;
}

/** A chain nobody deployed to before. @public */
export const EMPTY_PAST: ChainPast = {
  seeded: false,
  coverage: () => undefined,
  brought: () => false,
};

/** Coverage as it grows along the chain. */
class ChainState {
  readonly #covered = new Map<string, Coverage>();
  readonly #brought = new Set<string>();
  readonly #past: ChainPast;

  constructor(past: ChainPast) {
    this.#past = past;
  }

  get(repository: string, sha: string): Coverage | undefined {
    return (
      this.#covered.get(`${repository}@${sha}`) ??
      this.#past.coverage(repository, sha)
    );
  }

  brought(repository: string, number: number): boolean {
    return (
      this.#brought.has(`${repository}#${number}`) ||
      this.#past.brought(repository, number)
    );
  }

  add(
    commits: readonly CoveredCommit[],
    pullRequests: readonly ContainedPullRequest[] = [],
  ): void {
    for (const { repository, sha, coverage } of commits) {
      this.#covered.set(`${repository}@${sha}`, coverage);
    }
    for (const { repository, number } of pullRequests) {
      this.#brought.add(`${repository}#${number}`);
    }
  }
}

/**
 * Says for each success of one (service, environment) chain what it brought
 * first: the changes reachable from it and from no earlier success. The seed
 * contains nothing; everything reachable from it was deployed already.
 *
 * @param successes - successful deployments of one chain, in chain order
 * @param graph - commits and pull requests known today
 * @param rules - which commits count for this service
 * @param past - the chain before `successes[0]`
 * @public
 */
export function containChain(
  successes: readonly ChainDeployment[],
  graph: ChangeGraph,
  rules: ServiceRules,
  past: ChainPast = EMPTY_PAST,
): Containment[] {
  const state = new ChainState(past);
  return successes.map((deployment, index) =>
    index === 0 && !past.seeded
      ? plantSeed(deployment, graph, state)
      : contain(deployment, graph, rules, state),
  );
}

function plantSeed(
  deployment: ChainDeployment,
  graph: ChangeGraph,
  state: ChainState,
): Containment {
  const { parts, method, confidence } = chooseMethod(deployment, graph);
  const walked = walkUncovered(headsOf(parts), graph, () => false);
  const found = new Map<string, ShaRef>();
  for (const ref of [...walked.commits, ...headsOf(parts), ...listed(parts)]) {
    found.set(`${ref.repository}@${ref.sha}`, ref);
  }
  const commits = sorted(
    [...found.values()].map(({ repository, sha }) => ({
      repository,
      sha,
      coverage: 'seed' as const,
    })),
  );
  state.add(commits);
  return {
    key: deployment.key,
    seed: true,
    method,
    confidence,
    commits,
    pullRequests: [],
    unknown: dedupe([
      ...walked.unknown,
      ...listed(parts).filter(ref => !graph.commit(ref.repository, ref.sha)),
      ...unknownBuilds(deployment, graph),
    ]),
  };
}

function contain(
  deployment: ChainDeployment,
  graph: ChangeGraph,
  rules: ServiceRules,
  state: ChainState,
): Containment {
  const { parts, method, confidence } = chooseMethod(deployment, graph);
  const walked = walkUncovered(
    headsOf(parts),
    graph,
    (repository, sha) => state.get(repository, sha) !== undefined,
  );
  const coverage = new Map<string, CoveredCommit>();
  const put = (ref: ShaRef, kind: Coverage) =>
    coverage.set(`${ref.repository}@${ref.sha}`, {
      repository: ref.repository,
      sha: ref.sha,
      coverage: kind,
    });

  const byReach = method === 'reachability' || method === 'artifact-map';
  for (const commit of walked.commits) {
    put(commit, byReach && counts(commit, rules) ? 'contained' : 'covered');
  }
  const unknown = [...walked.unknown, ...unknownBuilds(deployment, graph)];
  const named =
    method === 'explicit-list'
      ? listed(parts)
      : namedByPullRequest(method, parts, graph);
  for (const ref of named) {
    const before = state.get(ref.repository, ref.sha);
    // A list decides alone, but what is linked already or was there from the
    // start stays where it is.
    if (before === 'contained' || before === 'seed') continue;
    const known = graph.commit(ref.repository, ref.sha);
    if (!known) unknown.push(ref);
    const counted =
      method === 'explicit-list' || !known || counts(known, rules);
    put(ref, counted ? 'contained' : 'covered');
  }
  const commits = sorted([...coverage.values()]);
  const pullRequests = containedPullRequests({
    method,
    heads: headsOf(parts),
    commits,
    graph,
    wasCovered: (repository, sha) => state.get(repository, sha) !== undefined,
    wasBrought: (repository, number) => state.brought(repository, number),
  });
  state.add(commits, pullRequests);
  return {
    key: deployment.key,
    seed: false,
    method,
    confidence:
      byReach && walked.unknown.length > 0 && confidence === 'certain'
        ? 'high'
        : confidence,
    commits,
    pullRequests,
    unknown: dedupe(unknown),
  };
}

interface Chosen {
  parts: readonly DeploymentPart[];
  method: LinkMethod;
  confidence: Confidence;
}

/** One method per deployment: the best that is available. */
function chooseMethod(deployment: ChainDeployment, graph: ChangeGraph): Chosen {
  const { parts } = deployment;
  const heads = headsOf(parts);
  if (parts.some(part => part.commits !== null)) {
    return { parts, method: 'explicit-list', confidence: 'certain' };
  }
  if (heads.some(head => graph.commit(head.repository, head.sha))) {
    return { parts, method: 'reachability', confidence: 'certain' };
  }
  if (
    heads.some(head =>
      graph
        .pullRequestsOf(head.repository, head.sha)
        .some(pull => pull.mergeSha === head.sha),
    )
  ) {
    return { parts, method: 'merge-sha', confidence: 'high' };
  }
  if (
    heads.some(head => graph.pullRequestByHeadSha(head.repository, head.sha))
  ) {
    return { parts, method: 'head-sha', confidence: 'medium' };
  }
  if (heads.length === 0 && deployment.artifact) {
    const built = graph
      .artifact(deployment.artifact)
      .filter(ref => graph.commit(ref.repository, ref.sha));
    if (built.length > 0) {
      return {
        parts: built.map(ref => ({ ...ref, commits: null })),
        method: 'artifact-map',
        confidence: 'medium',
      };
    }
  }
  return { parts, method: 'none', confidence: 'low' };
}

/**
 * What the artifact of a deployment without shas is built from and nobody has
 * told about yet: its arrival makes the artifact a way to know the content.
 */
function unknownBuilds(
  deployment: ChainDeployment,
  graph: ChangeGraph,
): ShaRef[] {
  if (!deployment.artifact || headsOf(deployment.parts).length > 0) return [];
  return graph
    .artifact(deployment.artifact)
    .filter(ref => !graph.commit(ref.repository, ref.sha));
}

function namedByPullRequest(
  method: LinkMethod,
  parts: readonly DeploymentPart[],
  graph: ChangeGraph,
): ShaRef[] {
  if (method !== 'merge-sha' && method !== 'head-sha') return [];
  return headsOf(parts).flatMap(({ repository, sha }) => {
    const pulls =
      method === 'merge-sha'
        ? graph
            .pullRequestsOf(repository, sha)
            .filter(pull => pull.mergeSha === sha)
        : [graph.pullRequestByHeadSha(repository, sha)];
    return pulls.flatMap(pull =>
      (pull?.commits ?? []).map(commit => ({ repository, sha: commit })),
    );
  });
}

function headsOf(parts: readonly DeploymentPart[]): ShaRef[] {
  return parts.flatMap(({ repository, sha }) =>
    sha ? [{ repository, sha }] : [],
  );
}

function listed(parts: readonly DeploymentPart[]): ShaRef[] {
  return parts.flatMap(({ repository, commits }) =>
    (commits ?? []).map(sha => ({ repository, sha })),
  );
}

function counts(
  commit: Parameters<ServiceRules['touches']>[0],
  rules: ServiceRules,
): boolean {
  if (!rules.countMerges && (commit.parents?.length ?? 0) > 1) return false;
  if (!rules.countBots && commit.bot) return false;
  return rules.touches(commit);
}

function sorted(commits: CoveredCommit[]): CoveredCommit[] {
  return commits.sort(
    (a, b) =>
      compareText(a.repository, b.repository) || compareText(a.sha, b.sha),
  );
}

function dedupe(refs: ShaRef[]): ShaRef[] {
  return [
    ...new Map(refs.map(ref => [`${ref.repository}@${ref.sha}`, ref])).values(),
  ];
}
