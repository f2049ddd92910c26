import type { LabelBody } from '@fawkes/backstage-plugin-delivery-common';
import { ConflictError } from '@backstage/errors';
import { insertRows, inTransaction, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { deploymentsMoved } from '../store/changes';
import { tables } from '../store/tables';

/** Most sources that may say something about one deployment. */
const MOST_LABELS = 20;

/** A label, and who set it. */
export interface NewLabel extends LabelBody {
  key: string;
  source: string;
  by: string;
  at: number;
}

/**
 * Sets the label of a source on a deployment. Like a mark it is kept under the
 * deployment's key, which is the same after a rebuild or another mapping.
 *
 * @throws ConflictError when too many sources have set one
 */
export async function setLabel(db: Knex, label: NewLabel): Promise<void> {
  await inTransaction(db, async tx => {
    const { key, source, text, url, by, at } = label;
    const known = await select(
      tx('labels').where('deployment_key', key),
      tables.labels,
    );
    const before = known.find(row => row.source === source);
    if (before?.text === text && before.url === url) return;
    if (!before && known.length >= MOST_LABELS) {
      throw new ConflictError(
        `A deployment has at most ${MOST_LABELS} labels; take one back first`,
      );
    }
    await insertRows(
      tx,
      tables.labels,
      [{ deployment_key: key, source, text, url, set_by: by, set_at: at }],
      { update: ['text', 'url', 'set_by', 'set_at'] },
    );
    await deploymentsMoved(tx, [key]);
  });
}

/** Takes a label back; one that is not there is gone already. */
export async function removeLabel(
  db: Knex,
  { key, source }: Pick<NewLabel, 'key' | 'source'>,
): Promise<void> {
  await inTransaction(db, async tx => {
    const removed = await tx('labels')
      .where({ deployment_key: key, source })
      .delete();
    if (removed > 0) await deploymentsMoved(tx, [key]);
  });
}
