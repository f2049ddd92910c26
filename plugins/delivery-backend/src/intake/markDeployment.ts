import type { Knex } from 'knex';
import type { MarkBody } from '@fawkes/backstage-plugin-delivery-common';
import { insertRows, inTransaction } from '@fawkes/kit-backend/sql';
import { DirtyServices, JUDGE_ONLY } from '../store/dirty';
import { tables } from '../store/tables';

/** Gives a verdict by hand, or takes it back; the rules follow at once. */
export async function markDeployment(
  db: Knex,
  deployment: { key: string; service: string },
  mark: MarkBody,
  by: string,
  now: number,
): Promise<void> {
  await inTransaction(db, async tx => {
    if (mark.verdict === 'none') {
      await tx('marks').where('deployment_key', deployment.key).delete();
    } else {
      await insertRows(
        tx,
        tables.marks,
        [
          {
            deployment_key: deployment.key,
            verdict: mark.verdict,
            reason: mark.reason,
            marked_by: by,
            marked_at: now,
          },
        ],
        { update: ['verdict', 'reason', 'marked_by', 'marked_at'] },
      );
    }
    const dirty = new DirtyServices();
    dirty.add(deployment.service, JUDGE_ONLY);
    await dirty.save(tx, now);
  });
}
