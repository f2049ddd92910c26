import { forUpdate, inTransaction, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { DirtyServices } from '../../store/dirty';
import { CAUSES_LOCK, INCIDENTS_LOCK, lock } from '../../store/locks';
import { tables } from '../../store/tables';
import type { DeriveContext } from '../deriveContext';
import { relinkCaused } from './relinkCaused';

/** Incidents that are linked in one transaction. */
const BATCH = 500;

/**
 * Links the incidents that were told another cause than before, and makes the
 * services stale whose verdicts change by it. A deployment that arrives after
 * its incident links it when it is derived.
 */
export async function linkIncidents(
  db: Knex,
  context: DeriveContext,
): Promise<void> {
  while (await db('dirty_incidents').first('incident_key')) {
    const linked = await inTransaction(db, tx => linkSome(tx, context));
    // Another replica has the rest in hand.
    if (linked === 0) return;
  }
}

async function linkSome(
  tx: Knex.Transaction,
  context: DeriveContext,
): Promise<number> {
  await lock(tx, [INCIDENTS_LOCK], 'shared');
  const rows = await forUpdate(
    tx,
    select(
      tx('dirty_incidents').orderBy(['since', 'incident_key']).limit(BATCH),
      tables.dirtyIncidents,
      'incident_key',
    ),
    { skipLocked: true },
  );
  if (rows.length === 0) return 0;
  const keys = rows.map(row => row.incident_key).sort();
  await tx('dirty_incidents').whereIn('incident_key', keys).delete();
  await lock(tx, [CAUSES_LOCK], 'alone');
  const services = new DirtyServices();
  await relinkCaused(tx, keys, services, context);
  await services.save(tx, context.now);
  return keys.length;
}
