import type { Knex } from 'knex';
import {
  compareDeployments,
  containChain,
  leadTimeOf,
  median,
  serviceRules,
  type ChainDeployment,
  type Containment,
  type ShaRef,
} from '@fawkes/backstage-plugin-delivery-common';
import { insertRows } from '../store/dialect';
import { loadGraph, type LoadedGraph } from './loadGraph';
import type { ServiceDeployment } from './loadFacts';
import type { ServiceMapping } from './serviceMapping';

export const LINK_COLUMNS = {
  service_ref: 'text',
  environment: 'text',
  kind: 'text',
  repository: 'text',
  change_id: 'text',
  deployment_key: 'text',
  finished_at: 'double',
  coverage: 'text',
  counted: 'bool',
  method: 'text',
  sandbox: 'bool',
  authored_at: 'double',
  committed_at: 'double',
  pushed_at: 'double',
  opened_at: 'double',
  ready_at: 'double',
  first_review_at: 'double',
  approved_at: 'double',
  merged_at: 'double',
} as const;

const FRONTIER = {
  service_ref: 'text',
  environment: 'text',
  repository: 'text',
  sha: 'text',
  deployment_key: 'text',
  finished_at: 'double',
} as const;

/** What one run over a chain found out about its successes. */
export interface ChainResult {
  containments: Containment[];
  /** Median lead time in seconds of the commits of a deployment, by key. */
  leadP50: Map<string, number>;
}

/** Switches of the definitions that are set for the whole installation. */
export interface ChainOptions {
  countMerges: boolean;
  countBots: boolean;
  isSandbox(source: string): boolean;
}

/**
 * Finds again what the successes of one chain from `from` on contain, and
 * replaces their links. What was deployed before stays as it is.
 */
export async function deriveChain(
  tx: Knex.Transaction,
  mapping: ServiceMapping,
  environment: string,
  deployments: readonly ServiceDeployment[],
  from: number,
  options: ChainOptions,
): Promise<ChainResult> {
  const chain = { service_ref: mapping.service, environment };
  await tx('links').where(chain).where('finished_at', '>=', from).delete();
  await tx('frontier').where(chain).where('finished_at', '>=', from).delete();

  const successes = deployments
    .filter(isSuccess)
    .map(toChainDeployment)
    .sort(compareDeployments);
  if (successes.length === 0) return { containments: [], leadP50: new Map() };

  const earlier = await tx('deployments')
    .where({ ...chain, success: true, production: true })
    .where('finished_at', '<', from)
    .first('key');
  const parts = successes.flatMap(deployment => deployment.parts);
  const graph = await loadGraph(
    tx,
    { service: mapping.service, environment },
    parts.flatMap(({ repository, sha }) => (sha ? [{ repository, sha }] : [])),
    parts.flatMap(({ repository, commits }) =>
      (commits ?? []).map(sha => ({ repository, sha })),
    ),
    successes.flatMap(({ artifact, parts: own }) =>
      artifact && own.every(part => part.sha === null) ? [artifact] : [],
    ),
  );
  const containments = containChain(
    successes,
    graph,
    serviceRules({ globs: mapping.paths, ...options }),
    {
      seeded: earlier !== undefined,
      coverage: graph.coverage,
      brought: graph.brought,
    },
  );
  const byKey = new Map(successes.map(item => [item.key, item]));
  const links = containments.flatMap(containment =>
    linksOf(chain, byKey.get(containment.key)!, containment, graph, options),
  );
  for (let start = 0; start < links.length; start += 10_000) {
    await insertRows(
      tx,
      'links',
      LINK_COLUMNS,
      links.slice(start, start + 10_000),
    );
  }
  await insertRows(
    tx,
    'frontier',
    FRONTIER,
    containments.flatMap(containment =>
      watched(containment, graph).map(ref => ({
        ...chain,
        ...ref,
        deployment_key: containment.key,
        finished_at: byKey.get(containment.key)!.finishedAt,
      })),
    ),
    { keys: Object.keys(FRONTIER).slice(0, 5) },
  );
  return { containments, leadP50: leadTimes(links) };
}

type LinkRow = Record<
  keyof typeof LINK_COLUMNS,
  string | number | boolean | null
>;

function linksOf(
  chain: { service_ref: string; environment: string },
  deployment: ChainDeployment,
  containment: Containment,
  graph: LoadedGraph,
  options: ChainOptions,
): LinkRow[] {
  const common = {
    ...chain,
    deployment_key: deployment.key,
    finished_at: deployment.finishedAt,
    sandbox: options.isSandbox(deployment.source),
  };
  const commits = containment.commits.map(
    ({ repository, sha, coverage }): LinkRow => {
      const commit = graph.commit(repository, sha);
      const pull = graph.pullRequestsOf(repository, sha)[0];
      return {
        ...common,
        kind: 'commit',
        repository,
        change_id: sha,
        coverage,
        counted: coverage === 'contained',
        method: containment.method,
        authored_at: commit?.authoredAt ?? null,
        committed_at: commit?.committedAt ?? null,
        pushed_at: commit?.pushedAt ?? null,
        ...pullInstants(pull),
      };
    },
  );
  const pulls = containment.pullRequests.map(
    ({ repository, number, method }): LinkRow => {
      const pull = graph.pullRequest(repository, number);
      const known = (pull?.commits ?? []).flatMap(sha => {
        const commit = graph.commit(repository, sha);
        return commit ? [commit] : [];
      });
      return {
        ...common,
        kind: 'pull_request',
        repository,
        change_id: String(number),
        coverage: 'contained',
        counted: true,
        method,
        authored_at: earliest(known.map(commit => commit.authoredAt)),
        committed_at: earliest(known.map(commit => commit.committedAt)),
        pushed_at: earliest(known.map(commit => commit.pushedAt)),
        ...pullInstants(pull),
      };
    },
  );
  return [...commits, ...pulls];
}

/**
 * Commits whose arrival or correction changes this deployment and that have no
 * link of their own to tell so: unknown ones, and the branch commits of
 * squashed pull requests, which give a pull request its start.
 */
function watched(containment: Containment, graph: LoadedGraph): ShaRef[] {
  const linked = new Set(
    containment.commits.map(({ repository, sha }) => `${repository}@${sha}`),
  );
  const branch = containment.pullRequests.flatMap(({ repository, number }) =>
    (graph.pullRequest(repository, number)?.commits ?? [])
      .filter(sha => !linked.has(`${repository}@${sha}`))
      .map(sha => ({ repository, sha })),
  );
  return [...containment.unknown, ...branch];
}

function pullInstants(pull: ReturnType<LoadedGraph['pullRequest']>) {
  return {
    opened_at: pull?.openedAt ?? null,
    ready_at: pull?.readyAt ?? null,
    first_review_at: pull?.firstReviewAt ?? null,
    approved_at: pull?.approvedAt ?? null,
    merged_at: pull?.mergedAt ?? null,
  };
}

function earliest(instants: ReadonlyArray<number | null>): number | null {
  const known = instants.filter(instant => instant !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

function leadTimes(links: readonly LinkRow[]): Map<string, number> {
  const samples = new Map<string, number[]>();
  for (const link of links) {
    if (link.kind !== 'commit' || !link.counted || link.committed_at === null) {
      continue;
    }
    const key = String(link.deployment_key);
    const { seconds } = leadTimeOf(
      Number(link.committed_at),
      Number(link.finished_at),
    );
    samples.set(key, [...(samples.get(key) ?? []), seconds]);
  }
  return new Map(
    [...samples].map(([key, values]) => [key, median(values) ?? 0]),
  );
}

function isSuccess(deployment: ServiceDeployment): boolean {
  return deployment.status === 'success' && deployment.finishedAt !== null;
}

/** The chain's view of a finished deployment. */
export function toChainDeployment(
  deployment: ServiceDeployment,
): ChainDeployment {
  return { ...deployment, finishedAt: deployment.finishedAt ?? deployment.at };
}
