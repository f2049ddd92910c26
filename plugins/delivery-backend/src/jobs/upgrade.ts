import type { Claim } from '@fawkes/backstage-plugin-delivery-common';
import { forUpdate, inTransaction, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { applyClaims } from '../intake/applyClaims';
import {
  mapRow,
  toProcessed,
  type ProcessContext,
} from '../intake/processInbox';
import { outdateIncidents } from '../store/dirty';
import { causeOf } from '../store/factTables';
import { settleMessages, type Processed } from '../store/inbox';
import { INCIDENTS_LOCK, lock } from '../store/locks';
import { goOnRebuilding, UPGRADE } from '../store/rebuild';
import { tables } from '../store/tables';

/** Row of `derived_settings` that says up to which message it is done. */
const NAME = UPGRADE;
/** What a migration writes there. */
const BEGINNING = '0';
/** Messages that are mapped again in one transaction. */
const BATCH = 500;

/**
 * Maps again what the inbox still keeps, after an upgrade whose mappers read more
 * out of a message than those before (pushes, branches, runs, environments), and
 * whose facts remember more of it (first successes, tombstones). A migration
 * orders it. It goes on where it was, whatever dies when, and what is
 * told twice is told once.
 *
 * @returns how many messages were looked at; 0 = nothing is left
 */
export async function upgradeFacts(
  db: Knex,
  context: ProcessContext,
  batch: number = BATCH,
): Promise<number> {
  // Asked at every turn: nothing is locked for nothing.
  if (!(await cursorOf(db))) return 0;
  return inTransaction(db, async tx => {
    const stored = await forUpdate(tx, cursorOf(tx));
    if (!stored) return 0;
    const rows = await select(
      tx('inbox')
        .where('state', 'processed')
        .where('id', '>', Number(stored.value))
        .orderBy('id')
        .limit(batch),
      tables.inbox,
      'id',
      'channel',
      'source',
      'delivery_id',
      'payload',
      'headers',
      'correlation_id',
      'received_at',
    );
    if (stored.value === BEGINNING) await rereadCauses(tx, context.now);
    const last = rows.at(-1);
    if (!last) {
      await tx('derived_settings').where('name', NAME).delete();
      await goOnRebuilding(tx, context.now);
      context.logger.info('All kept messages have been mapped again');
      return 0;
    }
    const claims: Claim[] = [];
    const settled: Processed[] = [];
    for (const row of rows) {
      const mapped = mapRow(row, context);
      // What it told stays told, whoever understands it no more.
      if (mapped.outcome === 'rejected') continue;
      if (mapped.outcome === 'claims') claims.push(...mapped.claims);
      settled.push(toProcessed(row.id, mapped));
    }
    // It is no news to other plugins; columns may be newer than what they say.
    await applyClaims(tx, claims, { ...context, history: true, anew: true });
    await settleMessages(tx, settled, context.now);
    await tx('derived_settings')
      .where('name', NAME)
      .update({ value: String(last.id) });
    return rows.length;
  });
}

/** Names of causes are understood in more ways than before. */
async function rereadCauses(tx: Knex.Transaction, now: number): Promise<void> {
  await lock(tx, [INCIDENTS_LOCK], 'alone');
  const rows = await select(
    tx('incidents').whereNotNull('caused_by').orderBy('fact_key'),
    tables.incidents,
    'fact_key',
    'caused_by',
  );
  for (const { fact_key, caused_by } of rows) {
    await tx('incidents').where({ fact_key }).update(causeOf(caused_by!));
  }
  await outdateIncidents(
    tx,
    rows.map(row => row.fact_key),
    now,
  );
}

function cursorOf(db: Knex) {
  return db('derived_settings').where('name', NAME).first('value');
}
