import type { Knex } from 'knex';
import type {
  ContainedPullRequest,
  Coverage,
  ShaRef,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  isPostgres,
  lookUp,
  rawRows,
  rowSource,
} from '@fawkes/kit-backend/sql';

/** A chain of deployments: a service in an environment. */
export interface ChainName {
  service: string;
  environment: string;
}

/** Columns that say of each row which chain it is about, and where that is in a list. */
export const OF_CHAIN = {
  chain: 'int',
  service: 'text',
  environment: 'text',
} as const;

/**
 * Looks up the links that carry one change in the chain of a row of `of`, which
 * has its `service` and `environment`. While a history is loaded no statistics
 * know of the chain yet, and a planner that takes it for empty would go through
 * all of it for every change. Hence a subquery of its own, which no planner
 * makes a join of, and no equalities on the chain to look up by: the change
 * finds its links.
 */
export function linkOf(
  what: string,
  kind: 'commit' | 'pull_request',
  of: string,
): string {
  return `select ${what} from links where links.kind = '${kind}'
    and coalesce(links.service_ref, '') = ${of}.service
    and coalesce(links.environment, '') = ${of}.environment`;
}

/** Rows for each of several chains, saying which one they are about. */
export function rowsOfChains<T extends object>(
  chains: readonly ChainName[],
  rowsOf: (chain: number) => readonly T[],
): Array<T & ChainName & { chain: number }> {
  return chains.flatMap(({ service, environment }, chain) =>
    rowsOf(chain).map(row => ({ ...row, chain, service, environment })),
  );
}

/**
 * How chains have commits already, for each by `repository@sha`; the others are
 * left out.
 *
 * @param refs - what is asked, for each chain
 */
export async function loadCoverage(
  tx: Knex.Transaction,
  chains: readonly ChainName[],
  refs: ReadonlyArray<readonly ShaRef[]>,
): Promise<Array<Map<string, Coverage>>> {
  const found = chains.map(() => new Map<string, Coverage>());
  const asked = rowsOfChains(chains, chain => refs[chain]);
  if (asked.length === 0) return found;
  const source = rowSource(
    tx,
    { ...OF_CHAIN, repository: 'text', sha: 'text' },
    asked,
  );
  // Carried first and contained later: contained is what counts, and the least
  // in the order of the alphabet.
  const rows = await rawRows<{
    chain: number;
    repository: string;
    sha: string;
    coverage: Coverage | null;
  }>(
    tx,
    `select k.chain, k.repository, k.sha,
        (${linkOf('min(links.coverage)', 'commit', 'k')}
          and links.repository = k.repository and links.change_id = k.sha) as coverage
      from ${source.sql}`,
    source.bindings,
  );
  for (const { chain, repository, sha, coverage } of rows) {
    if (coverage) found[chain].set(`${repository}@${sha}`, coverage);
  }
  return found;
}

/**
 * Commits that deployments of chains were seen to come after, or to be, before
 * anybody told them; for each by `repository@sha`.
 *
 * @param refs - what is asked, for each chain
 */
export async function loadAwaited(
  tx: Knex.Transaction,
  chains: readonly ChainName[],
  refs: ReadonlyArray<readonly ShaRef[]>,
): Promise<Array<Set<string>>> {
  const found = chains.map(() => new Set<string>());
  const asked = rowsOfChains(chains, chain => refs[chain]);
  if (asked.length === 0) return found;
  const source = rowSource(
    tx,
    { ...OF_CHAIN, repository: 'text', sha: 'text' },
    asked,
  );
  const rows = await rawRows<ShaRef & { chain: number }>(
    tx,
    `select distinct k.chain, k.repository, k.sha from ${source.sql} ${lookUp(
      tx,
      'frontier',
      `frontier.service_ref = k.service and frontier.environment = k.environment
        and frontier.repository = k.repository and frontier.sha = k.sha`,
    )}`,
    source.bindings,
  );
  for (const { chain, repository, sha } of rows) {
    found[chain].add(`${repository}@${sha}`);
  }
  return found;
}

/** What earlier deployments of chains did with pull requests, for each by `repository#number`. */
export async function loadBrought(
  tx: Knex.Transaction,
  chains: readonly ChainName[],
  pulls: ReadonlyArray<ReadonlyArray<{ repository: string; number: number }>>,
): Promise<Array<Map<string, Coverage>>> {
  const found = chains.map(() => new Map<string, Coverage>());
  const asked = rowsOfChains(chains, chain =>
    pulls[chain].map(({ repository, number }) => ({
      repository,
      number: String(number),
    })),
  );
  if (asked.length === 0) return found;
  const source = rowSource(
    tx,
    { ...OF_CHAIN, repository: 'text', number: 'text' },
    asked,
  );
  // Carried before it was merged, and counted later: what counts is not the
  // least in the order of the alphabet when it is a seed.
  const rows = await rawRows<{
    chain: number;
    repository: string;
    number: string;
    coverage: Coverage | null;
  }>(
    tx,
    `select k.chain, k.repository, k.number,
        (${linkOf(
          "coalesce(max(case when links.coverage <> 'covered' then links.coverage end), max(links.coverage))",
          'pull_request',
          'k',
        )} and links.repository = k.repository
          and links.change_id = k.number) as coverage
      from ${source.sql}`,
    source.bindings,
  );
  for (const { chain, repository, number, coverage } of rows) {
    if (coverage) found[chain].set(`${repository}#${number}`, coverage);
  }
  return found;
}

/** Pull requests that chains carried before they were merged. */
export async function loadWaiting(
  tx: Knex.Transaction,
  chains: readonly ChainName[],
): Promise<ContainedPullRequest[][]> {
  const found = chains.map((): ContainedPullRequest[] => []);
  const source = rowSource(
    tx,
    OF_CHAIN,
    rowsOfChains(chains, () => [{}]),
  );
  const rows = await rawRows<
    Pick<ContainedPullRequest, 'repository' | 'method'> & {
      chain: number;
      change_id: string;
    }
  >(
    tx,
    `select k.chain, links.repository, links.change_id, max(links.method) as method
      from ${source.sql} ${lookUp(
      tx,
      'links',
      `links.service_ref = k.service and links.environment = k.environment
          and links.kind = 'pull_request' and links.coverage = 'covered'`,
    )}
      group by k.chain, links.repository, links.change_id`,
    source.bindings,
  );
  for (const { chain, repository, change_id, method } of rows) {
    const number = Number(change_id);
    found[chain].push({ repository, number, method, coverage: 'covered' });
  }
  return found;
}

/** Repositories that successes of chains named before some instant, for each. */
export async function loadNamed(
  tx: Knex.Transaction,
  chains: ReadonlyArray<ChainName & { from: number }>,
): Promise<Array<Set<string>>> {
  const found = chains.map(() => new Set<string>());
  const source = rowSource(
    tx,
    { ...OF_CHAIN, from_at: 'double' },
    rowsOfChains(chains, chain => [{ from_at: chains[chain].from }]),
  );
  const rows = await rawRows<{ chain: number; repository: string }>(
    tx,
    `select k.chain, named_repositories.repository from ${source.sql} ${lookUp(
      tx,
      'named_repositories',
      `named_repositories.service_ref = k.service
        and named_repositories.environment = k.environment
        and named_repositories.finished_at < k.from_at`,
    )}`,
    source.bindings,
  );
  for (const { chain, repository } of rows) found[chain].add(repository);
  return found;
}

/** The commits that run in chains before some instant, for each by repository. */
export async function loadHeads(
  tx: Knex.Transaction,
  chains: ReadonlyArray<ChainName & { from: number }>,
  repositories: ReadonlyArray<ReadonlySet<string>>,
): Promise<Array<Map<string, string>>> {
  const found = chains.map(() => new Map<string, string>());
  const asked = rowsOfChains(chains, chain =>
    [...repositories[chain]].map(repository => ({
      repository,
      from_at: chains[chain].from,
    })),
  );
  if (asked.length === 0) return found;
  const source = rowSource(
    tx,
    { ...OF_CHAIN, repository: 'text', from_at: 'double' },
    asked,
  );
  const bytes = (column: string) =>
    `${column} collate ${isPostgres(tx) ? '"C"' : 'binary'}`;
  const rows = await rawRows<{
    chain: number;
    repository: string;
    sha: string | null;
  }>(
    tx,
    `select k.chain, k.repository, (
        select deployment_parts.sha from deployments
        left join deployment_members on deployment_members.counted_key = deployments.key
        join deployment_parts on deployment_parts.fact_key
          in (deployments.fact_key, deployment_members.fact_key)
        where deployments.service_ref = k.service and deployments.at < k.from_at
          and deployments.chain = k.environment
          and deployments.success and deployments.production
          and deployment_parts.repository = k.repository
          and deployment_parts.sha is not null
        order by deployments.at desc, ${bytes('deployments.ext_id')} desc,
          ${bytes('deployments.source')} desc, ${bytes('deployments.key')} desc,
          case when deployment_parts.fact_key = deployments.fact_key then 0 else 1 end,
          deployment_members.at, ${bytes('deployment_members.ext_id')},
          deployment_parts.position
        limit 1) as sha
      from ${source.sql}`,
    source.bindings,
  );
  for (const { chain, repository, sha } of rows) {
    if (sha) found[chain].set(repository, sha);
  }
  return found;
}
