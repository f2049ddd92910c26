import type { Confidence, LinkMethod } from '../contract';
import { compareText } from '@fawkes/kit-contract';
import type {
  ChainDeployment,
  ChangeGraph,
  CommitNode,
  ContainedPullRequest,
  Containment,
  Coverage,
  CoveredCommit,
  DeploymentPart,
  ServiceRules,
  ShaRef,
} from './model';
import { containedPullRequests, isOfService } from './pullRequests';
import { walkUncovered, type Walked } from './walk';

/** What is already known about the chain before the first given success. @public */
export interface ChainPast {
  /** The chain has a success before the first given one. */
  seeded: boolean;
  /** A success before the first given one names this repository. */
  named(repository: string): boolean;
  /** The commit of this repository that runs before the first given success. */
  head(repository: string): string | undefined;
  /** What the chain did with a commit before; undefined if it never saw it. */
  coverage(repository: string, sha: string): Coverage | undefined;
  /** What the chain did with a pull request before. */
  brought(repository: string, number: number): Coverage | undefined;
  /** Pull requests that were carried before they were merged. */
  waiting: readonly ContainedPullRequest[];
}

/** A chain nobody deployed to before. @public */
export const EMPTY_PAST: ChainPast = {
  seeded: false,
  named: () => false,
  head: () => undefined,
  coverage: () => undefined,
  brought: () => undefined,
  waiting: [],
};

/** What runs of each repository: of several parts the first says, what an artifact was built from does not. */
function runningOf(parts: readonly DeploymentPart[]): Map<string, string> {
  return new Map(
    [...parts]
      .reverse()
      .flatMap(({ repository, sha }) => (sha ? [[repository, sha]] : [])),
  );
}

/** Coverage as it grows along the chain. */
class ChainState {
  readonly #covered = new Map<string, Coverage>();
  readonly #brought = new Map<string, Coverage>();
  readonly #waiting = new Map<string, ContainedPullRequest>();
  readonly #named = new Set<string>();
  readonly #heads = new Map<string, string>();
  readonly #past: ChainPast;
  seeded: boolean;

  constructor(past: ChainPast) {
    this.#past = past;
    this.seeded = past.seeded;
    for (const pull of past.waiting) {
      this.#waiting.set(`${pull.repository}#${pull.number}`, pull);
    }
  }

  get(repository: string, sha: string): Coverage | undefined {
    return (
      this.#covered.get(`${repository}@${sha}`) ??
      this.#past.coverage(repository, sha)
    );
  }

  brought(repository: string, number: number): Coverage | undefined {
    return (
      this.#brought.get(`${repository}#${number}`) ??
      this.#past.brought(repository, number)
    );
  }

  get waiting(): ContainedPullRequest[] {
    return [...this.#waiting.values()];
  }

  named(repository: string): boolean {
    return this.#named.has(repository) || this.#past.named(repository);
  }

  head(repository: string): string | undefined {
    return this.#heads.get(repository) ?? this.#past.head(repository);
  }

  add(
    { commits, pullRequests, named }: Containment,
    parts: readonly DeploymentPart[],
  ): void {
    this.seeded = true;
    for (const { repository, sha, coverage } of commits) {
      this.#covered.set(`${repository}@${sha}`, coverage);
    }
    for (const pull of pullRequests) {
      const name = `${pull.repository}#${pull.number}`;
      this.#brought.set(name, pull.coverage);
      if (pull.coverage === 'covered') this.#waiting.set(name, pull);
      else this.#waiting.delete(name);
    }
    for (const repository of named) this.#named.add(repository);
    for (const [repository, sha] of runningOf(parts)) {
      this.#heads.set(repository, sha);
    }
  }
}

/**
 * Says for each success of one (service, environment) chain what it brought
 * first: the changes reachable from it and from no earlier success. Everything
 * reachable from a seed was deployed already: from the first success of the
 * chain, from the first that names a repository, and from one whose complete
 * history meets nothing of that repository deployed before.
 *
 * @param successes - successful deployments of one chain, in chain order
 * @param graph - commits, pushes and pull requests known today
 * @param rules - which changes count for this service
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
  return successes.map(deployment => {
    const parts = partsOf(deployment, graph);
    const found = contain(deployment, parts, graph, rules, state);
    state.add(found, deployment.parts);
    return found;
  });
}

/** One part of a deployment, and how its content is known. */
interface Part extends DeploymentPart {
  method: LinkMethod;
}

/** The parts of a deployment; what its artifact was built from where it names none. */
function partsOf(deployment: ChainDeployment, graph: ChangeGraph): Part[] {
  const { parts, artifact } = deployment;
  const silent = parts.every(({ sha, commits }) => !sha && commits === null);
  if (silent && artifact) {
    const built = graph
      .artifact(artifact)
      .filter(ref => graph.commit(ref.repository, ref.sha));
    if (built.length > 0) {
      return built.map(ref => ({
        ...ref,
        commits: null,
        method: 'artifact-map',
      }));
    }
  }
  return parts.map(part => ({ ...part, method: methodOf(part, graph) }));
}

/** One method per part: the best that is available. */
function methodOf(
  { repository, sha, commits }: DeploymentPart,
  graph: ChangeGraph,
): LinkMethod {
  if (commits !== null) return 'explicit-list';
  if (!sha) return 'none';
  if (graph.commit(repository, sha) || graph.pushed(repository, sha)) {
    return 'reachability';
  }
  if (
    graph.pullRequestsOf(repository, sha).some(pull => pull.mergeSha === sha)
  ) {
    return 'merge-sha';
  }
  return graph.pullRequestByHeadSha(repository, sha) ? 'head-sha' : 'none';
}

/** Best first: a deployment is said to be known by the best of its parts. */
const METHODS: readonly LinkMethod[] = [
  'explicit-list',
  'reachability',
  'merge-sha',
  'head-sha',
  'artifact-map',
];

const STRENGTH: Record<Coverage, number> = {
  covered: 0,
  contained: 1,
  seed: 2,
};

/** The commits of one deployment while its parts are looked at. */
class Covering {
  readonly #commits = new Map<string, CoveredCommit>();

  /** The strongest word on a commit stands: seed, then contained, then covered. */
  put({ repository, sha }: ShaRef, coverage: Coverage, method: LinkMethod) {
    const name = `${repository}@${sha}`;
    const known = this.#commits.get(name);
    if (known && STRENGTH[known.coverage] >= STRENGTH[coverage]) return;
    this.#commits.set(name, { repository, sha, coverage, method });
  }

  /** With what does not count as merely carried, sorted. */
  judged(
    graph: ChangeGraph,
    rules: ServiceRules,
    before: ChainState,
  ): CoveredCommit[] {
    // What only a pull request says is no sign of how it was merged.
    const isThere = (repository: string, sha: string) => {
      const own = this.#commits.get(`${repository}@${sha}`);
      const earlier = before.get(repository, sha);
      return own ? own.method !== 'merge-sha' : earlier === 'contained';
    };
    return [...this.#commits.values()]
      .map((one): CoveredCommit => {
        const { repository, sha, coverage, method } = one;
        if (coverage !== 'contained' || method === 'explicit-list') return one;
        const commit = graph.commit(repository, sha);
        const counted =
          !commit ||
          (counts(commit, graph, rules) &&
            (rules.countMerges || !mergesUnseen(commit, graph, isThere)));
        return counted ? one : { ...one, coverage: 'covered' };
      })
      .sort(
        (a, b) =>
          compareText(a.repository, b.repository) || compareText(a.sha, b.sha),
      );
  }
}

function contain(
  deployment: ChainDeployment,
  parts: readonly Part[],
  graph: ChangeGraph,
  rules: ServiceRules,
  state: ChainState,
): Containment {
  const method =
    METHODS.find(one => parts.some(part => part.method === one)) ?? 'none';
  const covering = new Covering();
  const unknown = unknownBuilds(deployment, graph);
  const beginning = new Set<Part>();
  const walks: Walked[] = [];
  const isDeployed = (repository: string, sha: string) =>
    state.get(repository, sha) !== undefined;
  for (const part of parts) {
    const heads = headsOf([part]);
    const walked = walkUncovered(heads, graph, isDeployed);
    walks.push(walked);
    unknown.push(...walked.unknown);
    if (beginsWith(part, walked, state)) {
      beginning.add(part);
      for (const ref of [...walked.commits, ...heads, ...listed(part)]) {
        covering.put(ref, 'seed', part.method);
      }
      unknown.push(...listed(part).filter(ref => !isKnown(ref, graph)));
      continue;
    }
    const reaches =
      part.method === 'reachability' || part.method === 'artifact-map';
    for (const commit of walked.commits) {
      covering.put(commit, reaches ? 'contained' : 'covered', part.method);
      if (commit.parents === null) {
        for (const ref of mergedBy(commit, graph)) {
          if (!isDeployed(ref.repository, ref.sha)) {
            covering.put(ref, 'covered', 'merge-sha');
          }
        }
      }
    }
    for (const ref of namedBy(part, graph)) {
      const before = state.get(ref.repository, ref.sha);
      // A list decides alone, but what is linked already or was there from the
      // start stays where it is.
      if (before === 'contained' || before === 'seed') continue;
      if (!isKnown(ref, graph)) unknown.push(ref);
      covering.put(ref, 'contained', part.method);
    }
  }
  const commits = covering.judged(graph, rules, state);
  const pullRequests = containedPullRequests({
    method,
    heads: headsOf(parts.filter(part => !beginning.has(part))),
    finishedAt: deployment.finishedAt,
    commits,
    graph,
    rules,
    before: (repository, number) => state.brought(repository, number),
    waiting: state.waiting,
  });
  return {
    key: deployment.key,
    seed:
      !state.seeded ||
      (parts.length > 0 && parts.every(part => beginning.has(part))),
    seedRepositories: repositoriesOf([...beginning]),
    named: repositoriesOf(parts),
    method,
    confidence: confidenceOf(method, walks),
    repair: state.seeded
      ? repairOf(deployment.parts, commits, pullRequests, graph, rules, state)
      : null,
    commits,
    pullRequests,
    unknown: dedupe(unknown),
  };
}

function repositoriesOf(parts: readonly Part[]): string[] {
  return [...new Set(parts.map(part => part.repository))].sort(compareText);
}

/** Whether a repository begins with this part of a deployment. */
function beginsWith(
  { repository, commits }: Part,
  walked: Walked,
  state: ChainState,
): boolean {
  if (!state.seeded) return true;
  if (commits !== null) return false;
  if (!state.named(repository)) return true;
  const isComplete = walked.unknown.length === 0 && !walked.parentsUnknown;
  return walked.commits.length > 0 && isComplete && !walked.met;
}

/**
 * A commit whose parents nobody told is a merge when it is what a pull request
 * became, and commits of its branch are there as well.
 */
function mergesUnseen(
  commit: CommitNode,
  graph: ChangeGraph,
  isThere: (repository: string, sha: string) => boolean,
): boolean {
  if (commit.parents !== null) return false;
  const { repository, sha } = commit;
  return graph
    .pullRequestsOf(repository, sha)
    .some(
      pull =>
        pull.mergeSha === sha &&
        pull.commits.some(
          branch => branch !== sha && isThere(repository, branch),
        ),
    );
}

/** Branch commits of what a commit merged, as its pull requests say. */
function mergedBy({ repository, sha }: ShaRef, graph: ChangeGraph): ShaRef[] {
  return graph
    .pullRequestsOf(repository, sha)
    .filter(pull => pull.mergeSha === sha)
    .flatMap(pull => pull.commits.map(commit => ({ repository, sha: commit })));
}

/** Commits a part names other than by what its sha reaches. */
function namedBy(part: Part, graph: ChangeGraph): ShaRef[] {
  const { repository, sha, method } = part;
  if (method === 'explicit-list') return listed(part);
  if (!sha) return [];
  if (method === 'merge-sha') return mergedBy({ repository, sha }, graph);
  if (method !== 'head-sha') return [];
  const pull = graph.pullRequestByHeadSha(repository, sha);
  return (pull?.commits ?? []).map(commit => ({ repository, sha: commit }));
}

/**
 * What the change shows a deployment was made for: it takes back what an earlier
 * one of the chain brought, it mends what is broken, or it puts an ancestor of
 * what runs in its place. In this order.
 */
function repairOf(
  parts: readonly DeploymentPart[],
  commits: readonly CoveredCommit[],
  pullRequests: readonly ContainedPullRequest[],
  graph: ChangeGraph,
  rules: ServiceRules,
  state: ChainState,
): Containment['repair'] {
  const brought = pullRequests
    .filter(({ coverage }) => coverage === 'contained')
    .flatMap(({ repository, number }) => {
      const pull = graph.pullRequest(repository, number);
      return pull ? [pull] : [];
    });
  const takesBack =
    commits.some(({ repository, sha, coverage }) => {
      const reverts =
        coverage === 'contained'
          ? graph.commit(repository, sha)?.reverts
          : undefined;
      return reverts && state.get(repository, reverts) === 'contained';
    }) ||
    brought.some(
      ({ repository, reverts }) =>
        reverts !== null && state.brought(repository, reverts) === 'contained',
    );
  if (takesBack) return 'rollback';
  if (brought.some(pull => rules.isHotfix(pull))) return 'hotfix';
  const goesBack = [...runningOf(parts)].some(([repository, sha]) => {
    const runs = state.head(repository);
    return runs && sha !== runs && graph.isAncestor(repository, sha, runs);
  });
  return goesBack ? 'rollback' : null;
}

function confidenceOf(
  method: LinkMethod,
  walks: readonly Walked[],
): Confidence {
  switch (method) {
    case 'explicit-list':
      return 'certain';
    case 'reachability':
      if (walks.some(walked => walked.parentsUnknown)) return 'medium';
      return walks.some(walked => walked.unknown.length > 0)
        ? 'high'
        : 'certain';
    case 'merge-sha':
      return 'high';
    case 'head-sha':
    case 'artifact-map':
      return 'medium';
    default:
      return 'low';
  }
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
    .filter(ref => !isKnown(ref, graph));
}

function isKnown({ repository, sha }: ShaRef, graph: ChangeGraph): boolean {
  return graph.commit(repository, sha) !== undefined;
}

function headsOf(parts: readonly DeploymentPart[]): ShaRef[] {
  return parts.flatMap(({ repository, sha }) =>
    sha ? [{ repository, sha }] : [],
  );
}

function listed({ repository, commits }: DeploymentPart): ShaRef[] {
  return (commits ?? []).map(sha => ({ repository, sha }));
}

function counts(
  commit: CommitNode,
  graph: ChangeGraph,
  rules: ServiceRules,
): boolean {
  if (!rules.countMerges && (commit.parents?.length ?? 0) > 1) return false;
  return isOfService(commit, graph, rules);
}

function dedupe(refs: ShaRef[]): ShaRef[] {
  return [
    ...new Map(refs.map(ref => [`${ref.repository}@${ref.sha}`, ref])).values(),
  ];
}
