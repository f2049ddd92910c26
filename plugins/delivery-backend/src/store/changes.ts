import { forUpdate, insertRows, inTransaction } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { CHANGES_LOCK, lock } from './locks';
import { tables } from './tables';

/**
 * Says that derived deployments are not what they were. They get a new number
 * once this transaction is committed, and until then have none: whoever reads
 * along by number does not see them half-way.
 *
 * @param keys - only of rows that differ; one written again as it was has not changed
 */
export async function deploymentsMoved(
  tx: Knex.Transaction,
  keys: Iterable<string>,
): Promise<void> {
  const rows = [...new Set(keys)].sort().map(key => ({ key, number: null }));
  await insertRows(tx, tables.deploymentChanges, rows, { update: ['number'] });
}

/** Forgets the numbers of deployments that are gone. */
export async function deploymentsGone(
  tx: Knex.Transaction,
  keys: readonly string[],
): Promise<void> {
  await tx('deployment_changes')
    .whereIn('key', [...keys])
    .delete();
}

const COUNTER = 'deployments';

/**
 * Numbers what changed, in a transaction of its own that one process runs at a
 * time. So numbers become visible in ascending order, whatever the order in which
 * the changes themselves were committed: whoever has read up to a number has
 * missed nothing below it.
 *
 * @returns how many were numbered; 0 = nothing waits
 */
export async function numberChanges(db: Knex, limit: number): Promise<number> {
  // Asked several times a second: nothing is locked for nothing.
  if (!(await db('deployment_changes').whereNull('number').first('key'))) {
    return 0;
  }
  return inTransaction(db, async tx => {
    await lock(tx, [CHANGES_LOCK], 'alone');
    // One that is being changed again is left to whoever comes after that.
    const waiting: Array<{ key: string }> = await forUpdate(
      tx,
      tx('deployment_changes')
        .whereNull('number')
        .orderBy('key')
        .limit(limit)
        .select('key'),
      { skipLocked: true },
    );
    if (waiting.length === 0) return 0;
    const [{ value }] = await insertRows(
      tx,
      tables.counters,
      [{ name: COUNTER, value: waiting.length }],
      { update: 'value = counters.value + excluded.value' },
      ['value'],
    );
    const first = Number(value) - waiting.length + 1;
    await insertRows(
      tx,
      tables.deploymentChanges,
      waiting.map(({ key }, index) => ({ key, number: first + index })),
      { update: ['number'] },
    );
    return waiting.length;
  });
}

/** The highest number there is: whoever goes on from here misses nothing. */
export async function lastChange(db: Knex): Promise<number> {
  const [row] = await db('deployment_changes').max({ number: 'number' });
  return Number(row?.number ?? 0);
}
