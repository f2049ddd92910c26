import { insertRows, inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { DirtyServices, outdateIncidents } from '../store/dirty';
import { withoutSource } from '../store/factTable';
import { commitFacts, pullRequestFacts, pushFacts } from '../store/factTables';
import { INCIDENTS_LOCK, lock, MAPPING_LOCK, NAMES_LOCK } from '../store/locks';
import { tables } from '../store/tables';
import type { ApplyContext } from './applyContext';
import { commitsChanged } from './commitEffects';
import { moveRepositories } from './moveRepositories';
import { namesChange } from './nameRepositories';
import { pullRequestsChanged } from './pullRequestEffects';
import { pushesChanged } from './pushEffects';

/**
 * Takes back everything a source has told: its messages and its facts. What
 * others told about the same facts stays. The services it told about are derived
 * again.
 *
 * @returns how many facts were removed
 */
export async function removeSource(
  db: Knex,
  source: string,
  context: ApplyContext,
): Promise<number> {
  const { now } = context;
  return inTransaction(db, async tx => {
    await lock(tx, [NAMES_LOCK], 'alone');
    const renamed = await namesChange(tx, { withoutSource: source });
    await lock(
      tx,
      [
        ...(await repositoriesToldBy(tx, source)),
        ...(renamed
          ? [...renamed.repositories, INCIDENTS_LOCK, MAPPING_LOCK]
          : []),
      ],
      'alone',
    );
    const dirty = new DirtyServices();
    for (const service of await servicesToldBy(tx, source)) {
      dirty.add(service, 0);
    }
    const keys = tx('deployment_facts').where({ source }).select('fact_key');
    await tx('deployment_parts').whereIn('fact_key', keys).delete();
    const caused = await tx('incidents')
      .where({ source })
      .whereNotNull('caused_by')
      .select('fact_key');
    await outdateIncidents(
      tx,
      caused.map(row => row.fact_key),
      now,
    );
    const commits = await withoutSource(tx, commitFacts, source);
    await commitsChanged(tx, commits, dirty, { now });
    const pulls = await withoutSource(tx, pullRequestFacts, source);
    await pullRequestsChanged(tx, pulls, dirty);
    const pushes = await withoutSource(tx, pushFacts, source);
    await pushesChanged(tx, pushes, pulls, dirty);
    let removed = commits.length + pulls.length + pushes.length;
    await tx('deployment_graves').where({ source }).delete();
    for (const table of ['deployment_facts', 'incidents', 'other_facts']) {
      removed += await tx(table).where({ source }).delete();
    }
    if (renamed) await moveRepositories(tx, renamed, dirty, context);
    await tx('inbox').where({ source }).delete();
    await tx('backfills').where({ source }).delete();
    await dirty.save(tx, now);
    await insertRows(tx, tables.removedSources, [{ source, removed_at: now }], {
      update: ['removed_at'],
    });
    await tx.raw(
      `insert into dirty_days (service_ref, day, since)
        select distinct service_ref, day, cast(? as double precision)
        from rollup_service_days
        where service_ref in (select service_ref from dirty_services)
        on conflict (service_ref, day) do nothing`,
      [now],
    );
    return removed;
  });
}

/** Facts of changes that a source told, alone or with others. */
function changesToldBy(
  tx: Knex.Transaction,
  table: 'commits' | 'pull_requests' | 'pushes',
  source: string,
): Knex.QueryBuilder {
  return tx(table)
    .where({ source })
    .orWhere(several =>
      several
        .whereNotNull('sources')
        .where('sources', 'like', `%${likeOf(JSON.stringify(source))}%`),
    );
}

/** Nothing in it has a meaning: what is found beyond that is told apart by its state. */
function likeOf(text: string): string {
  return text.replace(/[%_\\]/g, '_');
}

async function repositoriesToldBy(
  tx: Knex.Transaction,
  source: string,
): Promise<string[]> {
  const names = new Set<string>();
  for (const table of ['commits', 'pull_requests', 'pushes'] as const) {
    const rows: Array<{ repository: string }> = await changesToldBy(
      tx,
      table,
      source,
    ).distinct('repository');
    for (const { repository } of rows) names.add(repository);
  }
  return [...names];
}

/**
 * The services whose derived rows a source has a part in: its deployments, its
 * incidents, the artifacts it explained, and whatever is in the repositories it
 * told commits, pushes or pull requests of.
 */
async function servicesToldBy(
  tx: Knex.Transaction,
  source: string,
): Promise<string[]> {
  const facts = () => tx('deployment_facts').where({ source });
  const repositories = await repositoriesToldBy(tx, source);
  const rows: Array<{ service_ref: string }> = await tx('deployments')
    .whereIn('fact_key', facts().select('fact_key'))
    .orWhereIn('artifact', facts().whereNotNull('artifact').select('artifact'))
    .orWhereIn(
      'fact_key',
      tx('deployment_parts')
        .whereIn('repository', repositories)
        .select('fact_key'),
    )
    .select('service_ref')
    .union([
      tx('deployment_members')
        .whereIn('fact_key', facts().select('fact_key'))
        .select('service_ref'),
      tx('incidents')
        .where({ source })
        .whereNotNull('service')
        .select({ service_ref: 'service' }),
      tx('incident_links')
        .whereIn(
          'incident_key',
          tx('incidents').where({ source }).select('fact_key'),
        )
        .select('service_ref'),
    ]);
  return rows.map(row => row.service_ref);
}
