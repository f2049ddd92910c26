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

/** What was found out about one success. */
export interface Derived
  extends Pick<Containment, 'seed' | 'method' | 'confidence'> {
  /** How many commits it brought. */
  changes: number;
  /** Median lead time of these in seconds; null without any. */
  leadP50: number | null;
}

/**
 * Successes that are derived in one go. Those after them find what they brought
 * in the database, so that memory does not grow with the length of a history.
 */
const RUN = 500;

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
): Promise<Map<string, Derived>> {
  const chain = { service_ref: mapping.service, environment };
  await tx('links').where(chain).where('finished_at', '>=', from).delete();
  await tx('frontier').where(chain).where('finished_at', '>=', from).delete();

  const derived = new Map<string, Derived>();
  const successes = deployments
    .filter(isSuccess)
    .map(toChainDeployment)
    .sort(compareDeployments);
  if (successes.length === 0) return derived;
  const earlier = await tx('deployments')
    .where({ ...chain, success: true, production: true })
    .where('finished_at', '<', from)
    .first('key');
  for (let start = 0; start < successes.length; start += RUN) {
    const seeded = earlier !== undefined || start > 0;
    const run = successes.slice(start, start + RUN);
    await deriveRun(tx, mapping, chain, run, seeded, options, derived);
  }
  return derived;
}

/** Links some successes that follow each other. */
async function deriveRun(
  tx: Knex.Transaction,
  mapping: ServiceMapping,
  chain: { service_ref: string; environment: string },
  successes: readonly ChainDeployment[],
  seeded: boolean,
  options: ChainOptions,
  derived: Map<string, Derived>,
): Promise<void> {
  const parts = successes.flatMap(deployment => deployment.parts);
  const graph = await loadGraph(
    tx,
    { service: chain.service_ref, environment: chain.environment },
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
    { seeded, coverage: graph.coverage, brought: graph.brought },
  );
  const links: LinkRow[] = [];
  const waitedFor: object[] = [];
  containments.forEach((containment, index) => {
    const deployment = successes[index];
    const own = linksOf(chain, deployment, containment, graph, options);
    links.push(...own);
    for (const ref of watched(containment, graph)) {
      waitedFor.push({
        ...chain,
        ...ref,
        deployment_key: deployment.key,
        finished_at: deployment.finishedAt,
      });
    }
    derived.set(deployment.key, {
      seed: containment.seed,
      method: containment.method,
      confidence: containment.confidence,
      changes: containment.commits.filter(
        ({ coverage }) => coverage === 'contained',
      ).length,
      leadP50: medianLead(own),
    });
  });
  for (let start = 0; start < links.length; start += 10_000) {
    await insertRows(
      tx,
      'links',
      LINK_COLUMNS,
      links.slice(start, start + 10_000),
    );
  }
  await insertRows(tx, 'frontier', FRONTIER, waitedFor, {
    keys: Object.keys(FRONTIER).slice(0, 5),
  });
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

/** Median lead time of the commits among links, seconds. */
function medianLead(links: readonly LinkRow[]): number | null {
  return median(
    links.flatMap(({ kind, counted, committed_at, finished_at }) =>
      kind === 'commit' && counted && committed_at !== null
        ? [leadTimeOf(Number(committed_at), Number(finished_at)).seconds]
        : [],
    ),
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
