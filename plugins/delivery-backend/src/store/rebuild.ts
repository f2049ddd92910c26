import { insertRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from './tables';

/** Row of `derived_settings` that says that everything is made anew. */
const NAME = 'rebuild';

/** Row that says that kept messages are being mapped again (`jobs/upgrade`). */
export const UPGRADE = 'upgrade';

/** Row that says until when what began to wait belongs to it; else its beginning. */
const UNTIL = 'rebuild_until';

/** What waits while everything is made anew, in the order it is worked off. */
const WAITING = ['dirty_services', 'dirty_days'] as const;

/** Notes that everything is made anew. */
export async function beginRebuild(
  tx: Knex.Transaction,
  now: number,
): Promise<void> {
  await insertRows(
    tx,
    tables.derivedSettings,
    [{ name: NAME, value: String(now) }],
    { update: ['value'] },
  );
}

/**
 * Notes that what waits now belongs to the rebuild under way, if there is one:
 * facts that were told again meanwhile.
 */
export async function goOnRebuilding(
  tx: Knex.Transaction,
  now: number,
): Promise<void> {
  if (!(await isRebuilding(tx))) return;
  await insertRows(
    tx,
    tables.derivedSettings,
    [{ name: UNTIL, value: String(now) }],
    { update: ['value'] },
  );
}

/** Since when everything is made anew, ms; null when it is not. */
export async function rebuildSince(db: Knex): Promise<number | null> {
  const row = await db('derived_settings').where('name', NAME).first('value');
  return row ? Number(row.value) : null;
}

/** Whether everything is made anew just now. */
export async function isRebuilding(db: Knex): Promise<boolean> {
  return (await rebuildSince(db)) !== null;
}

/** The last instant at which what waits since then belongs to it. */
async function endOfWaiting(db: Knex, since: number): Promise<number> {
  const row = await db('derived_settings').where('name', UNTIL).first('value');
  return Math.max(since, Number(row?.value ?? since));
}

/** How many services are still to be made anew since then. */
export async function countRebuilding(
  db: Knex,
  since: number,
): Promise<number> {
  const [{ count }] = await db('dirty_services')
    .where('since', '<=', await endOfWaiting(db, since))
    .count({ count: '*' });
  return Number(count);
}

/**
 * Notes that everything has been made anew, once no message is to be mapped
 * again and nothing waits that belongs to it.
 *
 * @returns how long it took, ms; null when it goes on, or there was none
 */
export async function endRebuild(
  db: Knex,
  now: number,
): Promise<number | null> {
  const since = await rebuildSince(db);
  if (since === null) return null;
  const upgrade = await db('derived_settings')
    .where('name', UPGRADE)
    .first('name');
  if (upgrade) return null;
  const until = await endOfWaiting(db, since);
  for (const table of WAITING) {
    const waits = await db(table).where('since', '<=', until).first('since');
    if (waits) return null;
  }
  const ended = await db('derived_settings')
    .where({ name: NAME, value: String(since) })
    .delete();
  await db('derived_settings').where('name', UNTIL).delete();
  // Another replica may have seen it first.
  return ended > 0 ? now - since : null;
}
