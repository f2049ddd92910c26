import type { Knex } from 'knex';
import type {
  Coverage,
  ShaRef,
} from '@fawkes/backstage-plugin-delivery-common';
import { rawRows, rowSource } from '@fawkes/kit-backend/sql';

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

/** Pull requests that earlier deployments of chains brought, for each by `repository#number`. */
export async function loadBrought(
  tx: Knex.Transaction,
  chains: readonly ChainName[],
  pulls: ReadonlyArray<ReadonlyArray<{ repository: string; number: number }>>,
): Promise<Array<Set<string>>> {
  const found = chains.map(() => new Set<string>());
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
  const rows = await rawRows<{
    chain: number;
    repository: string;
    number: string;
  }>(
    tx,
    `select k.chain, k.repository, k.number from ${source.sql}
      where (${linkOf(
        '1',
        'pull_request',
        'k',
      )} and links.repository = k.repository
        and links.change_id = k.number limit 1) is not null`,
    source.bindings,
  );
  for (const { chain, repository, number } of rows) {
    found[chain].add(`${repository}#${number}`);
  }
  return found;
}
