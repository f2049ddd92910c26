import { insertRows, inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { DirtyServices, outdateIncidents } from '../store/dirty';
import { tables } from '../store/tables';

/**
 * Takes back everything a source has told: its messages and its facts. The
 * services it told about are derived again.
 *
 * @returns how many facts were removed
 */
export async function removeSource(
  db: Knex,
  source: string,
  now: number,
): Promise<number> {
  return inTransaction(db, async tx => {
    const dirty = new DirtyServices();
    for (const service of await servicesToldBy(tx, source)) {
      dirty.add(service, 0);
    }
    const keys = tx('deployment_facts').where({ source }).select('fact_key');
    await tx('deployment_parts').whereIn('fact_key', keys).delete();
    await tx('pull_request_commits')
      .whereIn(
        ['repository', 'number'],
        tx('pull_requests').where({ source }).select('repository', 'number'),
      )
      .delete();
    const caused = await tx('incidents')
      .where({ source })
      .whereNotNull('caused_by')
      .select('fact_key');
    await outdateIncidents(
      tx,
      caused.map(row => row.fact_key),
      now,
    );
    let removed = 0;
    for (const table of [
      'deployment_facts',
      'commits',
      'pull_requests',
      'incidents',
      'other_facts',
    ]) {
      removed += await tx(table).where({ source }).delete();
    }
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

/**
 * The services whose derived rows a source has a part in: its deployments, its
 * incidents, the artifacts it explained, and whatever is in the repositories it
 * told commits or pull requests of.
 */
async function servicesToldBy(
  tx: Knex.Transaction,
  source: string,
): Promise<string[]> {
  const facts = () => tx('deployment_facts').where({ source });
  const repositories = tx('commits')
    .where({ source })
    .select('repository')
    .union(tx('pull_requests').where({ source }).select('repository'));
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
