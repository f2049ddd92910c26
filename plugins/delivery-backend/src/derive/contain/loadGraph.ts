import type { Knex } from 'knex';
import type {
  ChangeGraph,
  ContainedPullRequest,
  Coverage,
  ShaRef,
} from '@fawkes/backstage-plugin-delivery-common';
import { artifactLocks, lock } from '../../store/locks';
import {
  loadAwaited,
  loadBrought,
  loadCoverage,
  loadWaiting,
  type ChainName,
} from './deployedBefore';
import {
  findAncestors,
  successionName,
  type Succession,
} from './findAncestors';
import {
  loadCommits,
  loadPushed,
  nameOf,
  walkBack,
  type CommitDetail,
  type Commits,
  type Reached,
} from './loadCommits';
import {
  loadPullRequests,
  type PullRequestDetail,
  type PullRequests,
} from './loadPullRequests';

/** The part of history one chain run needs, in memory. */
export interface LoadedGraph extends ChangeGraph {
  commit(repository: string, sha: string): CommitDetail | undefined;
  pullRequestsOf(repository: string, sha: string): readonly PullRequestDetail[];
  pullRequest(
    repository: string,
    number: number,
  ): PullRequestDetail | undefined;
  coverage(repository: string, sha: string): Coverage | undefined;
  brought(repository: string, number: number): Coverage | undefined;
  /** Pull requests that were carried before they were merged. */
  waiting: readonly ContainedPullRequest[];
}

/** A commit that is deployed. */
export interface Succeeding extends ShaRef {
  /** What runs of its repository until then. */
  runs?: string;
}

/** What a run of a chain begins with. */
export interface GraphStart extends ChainName {
  /** Shas of its deployments, in their order. */
  heads: readonly Succeeding[];
  /** Shas their explicit lists name. */
  listed: readonly ShaRef[];
  /** Purls of deployments that tell no sha. */
  artifacts: readonly string[];
}

/**
 * Loads what runs of chains can reach: each question is asked once for all of
 * them, and answered for each as if it were alone.
 *
 * @returns one graph for each start
 */
export async function loadGraphs(
  tx: Knex.Transaction,
  starts: readonly GraphStart[],
): Promise<LoadedGraph[]> {
  const built = await loadArtifacts(
    tx,
    starts.flatMap(({ artifacts }) => artifacts),
  );
  const begins = starts.map(({ heads, artifacts }) => [
    ...heads,
    ...artifacts.flatMap(artifact => built.get(artifact) ?? []),
  ]);
  const reached = await walkBack(tx, starts, begins);
  const commits = reached.map(one => one.commits);
  const waiting = await loadWaiting(tx, starts);
  const pulls = await pullsOf(tx, starts, begins, commits, waiting);

  const pushed = await loadPushed(tx, begins.flat());
  const outsiders = starts.map(({ listed }, i) =>
    outside({ commits: commits[i], pushed: reached[i].pushed }, pulls[i], [
      ...begins[i],
      ...listed,
    ]),
  );
  const coverage = await loadCoverage(
    tx,
    starts,
    starts.map(({ listed }, i) => [
      ...outsiders[i],
      ...listed.filter(ref => commits[i].has(nameOf(ref))),
    ]),
  );
  // Also those deployed before: a redeploy finds its head among them.
  const named = await loadCommits(tx, outsiders.flat());
  const awaited = await loadAwaited(
    tx,
    starts,
    starts.map(({ heads }, i) =>
      heads.filter(
        head =>
          replaces(head) &&
          !named.has(nameOf(head)) &&
          !commits[i].has(nameOf(head)),
      ),
    ),
  );
  const ancestors = await findAncestors(
    tx,
    starts.flatMap(({ heads }, i) => {
      const again = reachedBefore(heads, reached[i]);
      return heads
        .filter(replaces)
        .filter(
          head =>
            again.has(head) ||
            coverage[i].has(nameOf(head)) ||
            awaited[i].has(nameOf(head)),
        )
        .map(({ repository, sha, runs }) => ({ repository, sha, runs }));
    }),
  );
  const brought = await loadBrought(
    tx,
    starts,
    pulls.map(own => [...own.values()]),
  );
  return starts.map((_, i) =>
    index(
      new Map([...commits[i], ...pick(named, outsiders[i])]),
      pulls[i],
      built,
      coverage[i],
      brought[i],
      new Map([...pushed, ...reached[i].pushed]),
      ancestors,
      waiting[i],
    ),
  );
}

/** Whether something else ran until then. */
function replaces(head: Succeeding): head is Succession {
  return head.runs !== undefined && head.runs !== head.sha;
}

/** The pull requests of each chain's commits. */
async function pullsOf(
  tx: Knex.Transaction,
  starts: readonly GraphStart[],
  begins: ReadonlyArray<readonly ShaRef[]>,
  commits: readonly Commits[],
  waiting: ReadonlyArray<readonly ContainedPullRequest[]>,
): Promise<PullRequests[]> {
  // What a list names counts whether or not a walk meets it, and its title may
  // tell the pull request it was squashed from.
  const unmet = starts.map(({ listed }, i) =>
    listed.filter(ref => !commits[i].has(nameOf(ref))),
  );
  const told = await loadCommits(tx, unmet.flat());
  const pulls = await loadPullRequests(
    tx,
    starts.map(({ listed }, i) => ({
      commits: [...commits[i].values(), ...pick(told, unmet[i]).values()],
      named: [...begins[i], ...listed],
      numbers: waiting[i],
    })),
  );
  // A head nobody has told is explained by its pull request, whose commits then
  // count: they have to bring the other pull requests they belong to.
  const branches = pulls.map((own, i) =>
    begins[i].some(ref => !commits[i].has(nameOf(ref)))
      ? [...own.values()].flatMap(({ repository, commits: shas }) =>
          shas.map(sha => ({ repository, sha })),
        )
      : [],
  );
  if (branches.every(branch => branch.length === 0)) return pulls;
  const onBranches = await loadCommits(tx, branches.flat());
  const others = await loadPullRequests(
    tx,
    branches.map(branch => ({
      commits: pick(onBranches, branch).values(),
      named: branch,
      numbers: [],
    })),
  );
  return pulls.map((own, i) => new Map([...own, ...others[i]]));
}

/** What a walk has not met, of which it has to be known whether it was deployed. */
function outside(
  { commits, pushed }: Reached,
  pulls: PullRequests,
  named: readonly ShaRef[],
): ShaRef[] {
  const found = new Map<string, ShaRef>();
  const ask = (ref: ShaRef) => {
    const name = nameOf(ref);
    if (!commits.has(name)) found.set(name, ref);
  };
  named.forEach(ask);
  for (const { repository, parents } of commits.values()) {
    for (const sha of parents ?? []) ask({ repository, sha });
  }
  for (const [name, shas] of pushed) {
    const repository = name.slice(0, name.lastIndexOf('@'));
    for (const sha of shas) ask({ repository, sha });
  }
  for (const { repository, commits: shas, mergeSha } of pulls.values()) {
    for (const sha of shas) ask({ repository, sha });
    if (mergeSha) ask({ repository, sha: mergeSha });
  }
  return [...found.values()];
}

/** Heads that one before them reaches already, in the order they are deployed. */
function reachedBefore(
  heads: readonly Succeeding[],
  { commits, pushed }: Reached,
): Set<Succeeding> {
  const again = new Set<Succeeding>();
  const seen = new Set<string>();
  for (const head of heads) {
    if (seen.has(nameOf(head))) again.add(head);
    const stack: ShaRef[] = [head];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { repository } = next;
      const name = nameOf(next);
      if (seen.has(name)) continue;
      seen.add(name);
      for (const sha of [
        ...(commits.get(name)?.parents ?? []),
        ...(pushed.get(name) ?? []),
      ]) {
        stack.push({ repository, sha });
      }
    }
  }
  return again;
}

function pick(commits: Commits, refs: readonly ShaRef[]): Commits {
  return new Map(
    refs.flatMap(ref => {
      const commit = commits.get(nameOf(ref));
      return commit ? [[nameOf(ref), commit] as const] : [];
    }),
  );
}

function index(
  commits: Commits,
  pulls: PullRequests,
  built: Map<string, ShaRef[]>,
  coverage: Map<string, Coverage>,
  brought: Map<string, Coverage>,
  pushed: Map<string, string[]>,
  ancestors: ReadonlySet<string>,
  waiting: readonly ContainedPullRequest[],
): LoadedGraph {
  const bySha = new Map<string, PullRequestDetail[]>();
  const byHead = new Map<string, PullRequestDetail>();
  for (const pull of pulls.values()) {
    const shas = new Set(pull.commits);
    if (pull.mergeSha) shas.add(pull.mergeSha);
    for (const sha of shas) {
      const name = `${pull.repository}@${sha}`;
      bySha.set(name, [...(bySha.get(name) ?? []), pull]);
    }
    if (pull.headSha) {
      const name = `${pull.repository}@${pull.headSha}`;
      const known = byHead.get(name);
      if (!known || pull.number < known.number) byHead.set(name, pull);
    }
  }
  for (const list of bySha.values()) list.sort((a, b) => a.number - b.number);
  return {
    commit: (repository, sha) => commits.get(`${repository}@${sha}`),
    pullRequestsOf: (repository, sha) =>
      bySha.get(`${repository}@${sha}`) ?? [],
    pullRequestByHeadSha: (repository, sha) =>
      byHead.get(`${repository}@${sha}`),
    pullRequest: (repository, number) => pulls.get(`${repository}#${number}`),
    artifact: purl => built.get(purl) ?? [],
    coverage: (repository, sha) => coverage.get(`${repository}@${sha}`),
    brought: (repository, number) => brought.get(`${repository}#${number}`),
    pushed: (repository, sha) => pushed.get(`${repository}@${sha}`),
    isAncestor: (repository, sha, of) =>
      ancestors.has(successionName({ repository, sha, runs: of })),
    waiting,
  };
}

async function loadArtifacts(
  tx: Knex.Transaction,
  artifacts: readonly string[],
): Promise<Map<string, ShaRef[]>> {
  const built = new Map<string, ShaRef[]>();
  if (artifacts.length === 0) return built;
  await lock(tx, artifactLocks(artifacts), 'shared');
  const rows = await tx('deployment_facts')
    .innerJoin(
      'deployment_parts',
      'deployment_parts.fact_key',
      'deployment_facts.fact_key',
    )
    .whereIn('artifact', [...new Set(artifacts)])
    .where('known', 'known')
    .whereNotNull('sha')
    .distinct('artifact', 'repository', 'sha')
    .orderBy(['artifact', 'repository', 'sha']);
  await lock(
    tx,
    rows.map(row => row.repository),
    'shared',
  );
  for (const { artifact, repository, sha } of rows) {
    built.set(artifact, [...(built.get(artifact) ?? []), { repository, sha }]);
  }
  return built;
}
