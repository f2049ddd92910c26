import type { Knex } from 'knex';
import {
  compareDeployments,
  containChain,
  leadTimeOf,
  median,
  ownerOf,
  readCountRules,
  serviceRules,
  type ChainDeployment,
  type Containment,
  type ShaRef,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  deletePerRow,
  insertRows,
  rawRows,
  rowSource,
  type NewRowOf,
} from '@fawkes/kit-backend/sql';
import { tables, type Stored } from '../../store/tables';
import type { DeriveSettings } from '../deriveContext';
import { loadHeads, loadNamed, type ChainName } from './deployedBefore';
import {
  loadGraphs,
  type GraphStart,
  type LoadedGraph,
  type Succeeding,
} from './loadGraph';
import type { ServiceDeployment } from './serviceDeployment';
import type { ServiceMapping } from '../serviceMapping';

/** What was found out about one success. */
export interface Derived
  extends Pick<
    Containment,
    'seed' | 'seedRepositories' | 'method' | 'confidence' | 'repair'
  > {
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
type ChainOptions = Pick<
  DeriveSettings,
  | 'countMerges'
  | 'countBots'
  | 'bots'
  | 'hotfixLabel'
  | 'hotfixBranch'
  | 'sandboxSources'
>;

/** The production deployments of a service in one environment. */
export interface Chain extends ChainName {
  mapping: ServiceMapping;
  /** From which finish on it is derived. */
  from: number;
  /** What was deployed from then on; empty when nothing counts any more. */
  deployments: readonly ServiceDeployment[];
}

/** Some successes of a chain that follow each other. */
interface Run {
  chain: Chain;
  successes: readonly ChainDeployment[];
  /** Something was deployed before. */
  seeded: boolean;
  /** Repositories that were named before. */
  named: Set<string>;
  /** The commits that run before, by repository. */
  heads: Map<string, string>;
}

const CHAIN = {
  service_ref: 'text',
  environment: 'text',
  from_at: 'double',
} as const;

/**
 * Finds again what the successes of chains from some instant on contain, and
 * replaces their links. What was deployed before stays as it is.
 *
 * @returns by key of the deployment
 */
export async function deriveChains(
  tx: Knex.Transaction,
  chains: readonly Chain[],
  options: ChainOptions,
): Promise<Map<string, Derived>> {
  for (const table of ['links', 'frontier', 'named_repositories']) {
    await deletePerRow(
      tx,
      CHAIN,
      chains.map(toChainRow),
      table,
      `${table}.service_ref = k.service_ref and ${table}.environment = k.environment
        and ${table}.finished_at >= k.from_at`,
    );
  }
  const derived = new Map<string, Derived>();
  let open = await firstRuns(tx, chains);
  while (open.length > 0) {
    const runs = open.map(run => ({
      ...run,
      successes: run.successes.slice(0, RUN),
    }));
    await deriveRuns(tx, runs, options, derived);
    open = open.flatMap(run =>
      run.successes.length > RUN
        ? [{ ...run, successes: run.successes.slice(RUN), seeded: true }]
        : [],
    );
  }
  return derived;
}

/** All successes of the chains that have any. */
async function firstRuns(
  tx: Knex.Transaction,
  chains: readonly Chain[],
): Promise<Run[]> {
  const runs = chains.flatMap((chain): Run[] => {
    const successes = chain.deployments
      .filter(isSuccess)
      .map(toChainDeployment)
      .sort(compareDeployments);
    return successes.length > 0
      ? [
          {
            chain,
            successes,
            seeded: false,
            named: new Set(),
            heads: new Map(),
          },
        ]
      : [];
  });
  if (runs.length === 0) return runs;
  const source = rowSource(
    tx,
    { ...CHAIN, run: 'int' },
    runs.map(({ chain }, run) => ({ ...toChainRow(chain), run })),
  );
  const seeded = await rawRows<{ run: number }>(
    tx,
    `select k.run from ${source.sql}
      where (select 1 from deployments
        where deployments.service_ref = k.service_ref
          and deployments.chain = k.environment
          and deployments.success and deployments.production
          and deployments.finished_at < k.from_at and deployments.at < k.from_at
        limit 1) is not null`,
    source.bindings,
  );
  for (const { run } of seeded) runs[run].seeded = true;
  const before = runs.filter(run => run.seeded);
  if (before.length === 0) return runs;
  const seededChains = before.map(({ chain }) => chain);
  const named = await loadNamed(tx, seededChains);
  const heads = await loadHeads(tx, seededChains, named);
  before.forEach((run, i) => {
    run.named = named[i];
    run.heads = heads[i];
  });
  return runs;
}

function toChainRow({ service, environment, from }: Chain) {
  return { service_ref: service, environment, from_at: from };
}

/** Links the successes of runs, of which each knows what its chain had before. */
async function deriveRuns(
  tx: Knex.Transaction,
  runs: readonly Run[],
  options: ChainOptions,
  derived: Map<string, Derived>,
): Promise<void> {
  const graphs = await loadGraphs(tx, runs.map(toStart));
  const links: LinkRow[] = [];
  const waitedFor: Array<Stored<'frontier'>> = [];
  const named: Array<Stored<'namedRepositories'>> = [];
  runs.forEach((run, i) => {
    const { chain, successes, seeded } = run;
    const { service, environment, mapping } = chain;
    const graph = graphs[i];
    const name = { service_ref: service, environment };
    const containments = containChain(
      successes,
      graph,
      serviceRules({
        globs: mapping.paths,
        ...options,
        bots: [readCountRules(mapping.bots ?? [], 'bots'), options.bots],
      }),
      {
        seeded,
        named: repository => run.named.has(repository),
        head: repository => run.heads.get(repository),
        coverage: graph.coverage,
        brought: graph.brought,
        waiting: graph.waiting,
      },
    );
    containments.forEach((containment, index) => {
      const deployment = successes[index];
      for (const repository of containment.named) {
        if (run.named.has(repository)) continue;
        run.named.add(repository);
        named.push({
          ...name,
          repository,
          finished_at: deployment.finishedAt,
        });
      }
      headsOf(deployment).forEach(({ repository, sha }) =>
        run.heads.set(repository, sha),
      );
      const own = linksOf(name, deployment, containment, graph, options);
      links.push(...own);
      for (const ref of watched(containment, graph)) {
        waitedFor.push({
          ...name,
          ...ref,
          deployment_key: deployment.key,
          finished_at: deployment.finishedAt,
        });
      }
      derived.set(deployment.key, toDerived(containment, own));
    });
  });
  for (let start = 0; start < links.length; start += 10_000) {
    await insertRows(tx, tables.links, links.slice(start, start + 10_000));
  }
  await insertRows(tx, tables.frontier, waitedFor, 'keep');
  await insertRows(tx, tables.namedRepositories, named);
}

/** The commit of each repository that runs since; of several parts the first says. */
function headsOf({ parts }: Pick<ChainDeployment, 'parts'>): ShaRef[] {
  return parts
    .flatMap(({ repository, sha }) => (sha ? [{ repository, sha }] : []))
    .reverse();
}

/** The commits of all parts in the order they are deployed, each with the one that runs until then. */
function succession({ successes, heads }: Run): Succeeding[] {
  const running = new Map(heads);
  return successes.flatMap(deployment => {
    const own = deployment.parts.flatMap(({ repository, sha }) =>
      sha ? [{ repository, sha, runs: running.get(repository) }] : [],
    );
    for (const { repository, sha } of headsOf(deployment)) {
      running.set(repository, sha);
    }
    return own;
  });
}

function toStart(run: Run): GraphStart {
  const { chain, successes } = run;
  const parts = successes.flatMap(deployment => deployment.parts);
  return {
    service: chain.service,
    environment: chain.environment,
    heads: succession(run),
    listed: parts.flatMap(({ repository, commits }) =>
      (commits ?? []).map(sha => ({ repository, sha })),
    ),
    artifacts: successes.flatMap(({ artifact, parts: own }) =>
      artifact && own.every(part => part.sha === null) ? [artifact] : [],
    ),
  };
}

function toDerived(
  containment: Containment,
  links: readonly LinkRow[],
): Derived {
  return {
    seed: containment.seed,
    seedRepositories: containment.seedRepositories,
    repair: containment.repair,
    method: containment.method,
    confidence: containment.confidence,
    changes: containment.commits.filter(
      ({ coverage }) => coverage === 'contained',
    ).length,
    leadP50: medianLead(links),
  };
}

type LinkRow = NewRowOf<typeof tables.links>;

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
    sandbox: options.sandboxSources.has(deployment.source),
  };
  const commits = containment.commits.map(
    ({ repository, sha, coverage, method }): LinkRow => {
      const commit = graph.commit(repository, sha);
      const pulls = graph.pullRequestsOf(repository, sha);
      const pull = ownerOf(pulls) ?? pulls[0];
      return {
        ...common,
        kind: 'commit',
        repository,
        change_id: sha,
        coverage,
        counted: coverage === 'contained',
        method,
        authored_at: commit?.authoredAt ?? null,
        committed_at: commit?.committedAt ?? null,
        pushed_at: commit?.pushedAt ?? null,
        ...pullInstants(pull),
      };
    },
  );
  const pulls = containment.pullRequests.map(
    ({ repository, number, method, coverage }): LinkRow => {
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
        coverage,
        counted: coverage === 'contained',
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
  const { chain: environment, finishedAt, at } = deployment;
  return { ...deployment, environment, finishedAt: finishedAt ?? at };
}
