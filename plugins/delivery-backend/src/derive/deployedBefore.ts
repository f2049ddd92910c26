import type { Knex } from 'knex';
import type {
  Coverage,
  ShaRef,
} from '@fawkes/backstage-plugin-delivery-common';
import { rawRows, rowSource } from '../store/dialect';

/**
 * Looks up the links of a chain that carry one change; binds service and
 * environment. While a history is loaded no statistics know of the chain yet,
 * and a planner that takes it for empty would go through all of it for every
 * change. Hence a subquery of its own, which no planner makes a join of, and
 * no equalities on the chain to look up by: the change finds its links.
 */
export function linkOf(what: string, kind: 'commit' | 'pull_request'): string {
  return `select ${what} from links where links.kind = '${kind}'
    and coalesce(links.service_ref, '') = ? and coalesce(links.environment, '') = ?`;
}

/** How the chain has these commits already, by `repository@sha`; the others are left out. */
export async function loadCoverage(
  tx: Knex.Transaction,
  chain: { service: string; environment: string },
  refs: readonly ShaRef[],
): Promise<Map<string, Coverage>> {
  if (refs.length === 0) return new Map();
  const source = rowSource(tx, { repository: 'text', sha: 'text' }, refs);
  // Carried first and contained later: contained is what counts, and the least
  // in the order of the alphabet.
  const rows = await rawRows<{
    repository: string;
    sha: string;
    coverage: Coverage | null;
  }>(
    tx,
    `select k.repository, k.sha, (${linkOf('min(links.coverage)', 'commit')}
        and links.repository = k.repository and links.change_id = k.sha) as coverage
      from ${source.sql}`,
    [chain.service, chain.environment, ...source.bindings],
  );
  return new Map(
    rows.flatMap(({ repository, sha, coverage }) =>
      coverage ? [[`${repository}@${sha}`, coverage]] : [],
    ),
  );
}

/** Pull requests that earlier deployments of the chain brought. */
export async function loadBrought(
  tx: Knex.Transaction,
  chain: { service: string; environment: string },
  pulls: ReadonlyArray<{ repository: string; number: number }>,
): Promise<Set<string>> {
  if (pulls.length === 0) return new Set();
  const source = rowSource(
    tx,
    { repository: 'text', number: 'text' },
    pulls.map(({ repository, number }) => ({
      repository,
      number: String(number),
    })),
  );
  const rows = await rawRows<{ repository: string; number: string }>(
    tx,
    `select k.repository, k.number from ${source.sql}
      where (${linkOf('1', 'pull_request')} and links.repository = k.repository
        and links.change_id = k.number limit 1) is not null`,
    [...source.bindings, chain.service, chain.environment],
  );
  return new Set(rows.map(row => `${row.repository}#${row.number}`));
}
