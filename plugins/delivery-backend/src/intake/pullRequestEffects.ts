import type { Knex } from 'knex';
import type { ResolvedFact } from '@fawkes/backstage-plugin-delivery-common';
import { earliestPer, rowsFrom } from '@fawkes/kit-backend/sql';
import type { Retold } from '../store/factTable';
import type { DirtyServices } from '../store/dirty';
import { linkedServices } from './commitEffects';

/**
 * A pull request told anew changes the stages of its commits wherever they are
 * deployed, and may be what a deployment was waiting for to know its content.
 */
export async function pullRequestsChanged(
  tx: Knex.Transaction,
  changes: readonly Retold<'pull_request'>[],
  dirty: DirtyServices,
): Promise<void> {
  await outdatePullRequests(
    tx,
    changes.map(({ keyRow: { repository, number }, before, after }) => ({
      repository,
      number,
      shas: [...shasOf(before), ...shasOf(after)],
    })),
    dirty,
  );
}

/** A pull request with the commits it is found by, or was. */
export interface OutdatedPullRequest {
  repository: string;
  number: number;
  shas: readonly string[];
}

/** Services that have something of the pull requests deployed. */
export async function outdatePullRequests(
  tx: Knex.Transaction,
  pulls: readonly OutdatedPullRequest[],
  dirty: DirtyServices,
): Promise<void> {
  if (pulls.length === 0) return;
  const names = pulls.flatMap(({ repository, number, shas }) =>
    [String(number), ...shas].map(change_id => ({ repository, change_id })),
  );
  const outdate = (services: ReadonlyMap<string, number>) =>
    services.forEach((from, service) => dirty.add(service, from));
  outdate(await linkedServices(tx, names));

  outdate(
    await earliestPer(
      tx('commits')
        .innerJoin(
          rowsFrom(
            tx,
            { repository: 'text', number: 'int' },
            pulls.map(({ repository, number }) => ({ repository, number })),
          ),
          join =>
            join
              .on('k.repository', '=', 'commits.repository')
              .on('k.number', '=', 'commits.squash_number'),
        )
        .innerJoin('links', join =>
          join
            .on('links.repository', '=', 'commits.repository')
            .on('links.change_id', '=', 'commits.sha'),
        ),
      'links.service_ref',
      'links.finished_at',
    ),
  );

  outdate(
    await earliestPer(
      tx('deployment_parts')
        .innerJoin(
          rowsFrom(tx, { repository: 'text', change_id: 'text' }, names),
          join =>
            join
              .on('k.repository', '=', 'deployment_parts.repository')
              .on('k.change_id', '=', 'deployment_parts.sha'),
        )
        .innerJoin(
          'deployments',
          'deployments.fact_key',
          'deployment_parts.fact_key',
        )
        .where('deployments.success', true),
      'deployments.service_ref',
      'deployments.at',
    ),
  );
}

function shasOf(fact: ResolvedFact<'pull_request'> | undefined): string[] {
  if (fact?.status !== 'known') return [];
  const { headSha, mergeSha, commits = [] } = fact.record;
  return [headSha, ...(mergeSha ? [mergeSha] : []), ...commits];
}
