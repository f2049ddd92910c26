import type { Knex } from 'knex';
import { inTransaction } from '../store/dialect';
import { DirtyServices } from '../store/dirty';

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
    for (const row of await tx('deployments').distinct('service_ref')) {
      dirty.add(row.service_ref, 0);
    }
    const keys = tx('deployment_facts').where({ source }).select('fact_key');
    await tx('deployment_parts').whereIn('fact_key', keys).delete();
    await tx('pull_request_commits')
      .whereIn(
        ['repository', 'number'],
        tx('pull_requests').where({ source }).select('repository', 'number'),
      )
      .delete();
    await tx('incident_links')
      .whereIn(
        'incident_key',
        tx('incidents').where({ source }).select('fact_key'),
      )
      .delete();
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
    await tx.raw(
      `insert into dirty_days (service_ref, day, since)
        select distinct service_ref, day, cast(? as double precision)
        from rollup_service_days
        where true on conflict (service_ref, day) do nothing`,
      [now],
    );
    await dirty.save(tx, now);
    return removed;
  });
}
