import type { NormalSpec } from '@fawkes/backstage-plugin-provisioning-common';
import { inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { ProvisioningConfig } from '../config';
import { databaseNow } from '../leases';
import { read, written } from '../store/json';

const WEEK_MS = 7 * 86_400_000;
/** Requests that one round blanks. */
const BATCH = 100;
/** What stands where a person or a text was. */
const BLANK = 'user:default/unknown';

/**
 * Throws away what is past its time: logs, leases that are over, bundles nobody has; and blanks specs and people of what is long gone. What
 * exists keeps its rows.
 */
export async function purgeExpired(
  db: Knex,
  config: Pick<ProvisioningConfig, 'requestRetentionMs' | 'logRetentionMs'>,
  now: number,
): Promise<void> {
  await purgeLogs(db, now - config.logRetentionMs);
  await sweepLeases(db);
  const gone = await db('requests')
    .where({ state: 'destroyed', blanked: false })
    .where('updated_at', '<', now - config.requestRetentionMs)
    .orderBy('updated_at')
    .limit(BATCH)
    .pluck('id');
  for (const id of gone) await blank(db, id);
  await db('bundles')
    .where('kept_at', '<', now - WEEK_MS)
    .whereNotExists(used =>
      used
        .from('revisions')
        .join('requests', 'requests.id', 'revisions.request_id')
        .whereRaw('revisions.bundle_digest = bundles.digest')
        .where('requests.blanked', false)
        .select(db.raw('1')),
    )
    .delete();
}

/** Leases of runs that have ended; nobody takes them again. */
export async function sweepLeases(db: Knex): Promise<number> {
  const now = await databaseNow(db);
  return db('leases')
    .where('name', 'like', 'run/%')
    .where('until', '<', now)
    .whereNotExists(run =>
      run
        .from('runs')
        .whereRaw("leases.name = 'run/' || runs.id")
        .where('runs.state', 'running')
        .select(db.raw('1')),
    )
    .delete();
}

async function purgeLogs(db: Knex, before: number): Promise<void> {
  const old = db('runs').where('finished_at', '<', before).select('id');
  await db('effect_logs').whereIn('run_id', old).delete();
  await db('effects')
    .whereIn('run_id', old.clone())
    .where('log_next', '>', 0)
    .update({ log_next: 0, log_bytes: 0, log_cut: false });
}

async function blank(db: Knex, id: string): Promise<void> {
  await inTransaction(db, async tx => {
    await tx('requests')
      .where('id', id)
      .update({ blanked: true, requester: BLANK, title: null, reason: null });
    await tx('runs').where('request_id', id).update({ initiator: BLANK });
    await tx('told_pushes').where('request_id', id).delete();
    await tx('transfers')
      .where('request_id', id)
      .update({ offered_by: BLANK, answered_by: null });
    const revisions = await tx('revisions')
      .where('request_id', id)
      .select('revision', 'normal');
    for (const { revision, normal } of revisions) {
      const kept: NormalSpec = {
        ...read<NormalSpec>(normal),
        title: null,
        description: '–',
      };
      await tx('revisions')
        .where({ request_id: id, revision })
        .update({
          spec: '{}',
          normal: written(kept),
          changes: '[]',
          accepted_by: BLANK,
        });
    }
  });
}
