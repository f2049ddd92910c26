import type { Knex } from 'knex';
import type { ResolvedFact } from '@fawkes/backstage-plugin-delivery-common';
import { earliestPer, insertRows, rowsFrom } from '@fawkes/kit-backend/sql';
import type { Retold } from '../store/factTable';
import type { DirtyServices } from '../store/dirty';
import { tables, type Stored } from '../store/tables';
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
  if (changes.length === 0) return;
  await indexCommits(tx, changes);

  const names = changes.flatMap(({ keyRow, before, after }) => {
    const repository = String(keyRow.repository);
    return [String(keyRow.number), ...shasOf(before), ...shasOf(after)].map(
      change_id => ({ repository, change_id }),
    );
  });
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
            changes.map(({ keyRow }) => keyRow),
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

async function indexCommits(
  tx: Knex.Transaction,
  changes: readonly Retold<'pull_request'>[],
): Promise<void> {
  const rows = new Map<string, Stored<'pullRequestCommits'>>();
  const stale: Array<Stored<'pullRequestCommits'>> = [];
  for (const { keyRow, before, after } of changes) {
    const now = new Set(
      after.status === 'known' ? after.record.commits ?? [] : [],
    );
    for (const sha of now) {
      rows.set(`${keyRow.repository} ${sha} ${keyRow.number}`, {
        ...keyRow,
        sha,
      });
    }
    if (before?.status === 'known') {
      for (const sha of before.record.commits ?? []) {
        if (!now.has(sha)) stale.push({ ...keyRow, sha });
      }
    }
  }
  if (stale.length > 0) {
    await tx('pull_request_commits')
      .whereIn(
        ['repository', 'sha', 'number'],
        tx
          .select('k.repository', 'k.sha', 'k.number')
          .from(rowsFrom(tx, tables.pullRequestCommits.columns, stale)),
      )
      .delete();
  }
  await insertRows(tx, tables.pullRequestCommits, [...rows.values()], 'keep');
}

function shasOf(fact: ResolvedFact<'pull_request'> | undefined): string[] {
  if (fact?.status !== 'known') return [];
  const { headSha, mergeSha, commits = [] } = fact.record;
  return [headSha, ...(mergeSha ? [mergeSha] : []), ...commits];
}
