import type { Knex } from 'knex';
import type { Shortened } from '@fawkes/backstage-plugin-delivery-common';
import { compareText } from '@fawkes/kit-contract';
import {
  defineTable,
  forUpdate,
  insertRows,
  omit,
  select,
  type NewRowOf,
} from '@fawkes/kit-backend/sql';
import { tables, type Stored } from './tables';

/** A raw message to keep. */
export interface InboxMessage {
  /** Who understands it: `event`, `cdevents` or a source id. */
  channel: string;
  source: string;
  deliveryId: string;
  payload: string;
  headers?: Record<string, string>;
  correlationId?: string;
  /** Set when it is known to be wrong already. */
  fault?: { path: string; reason: string };
  /** What bounds took from it before it was kept. */
  shortened?: Shortened;
}

/** A kept message that waits for being processed. */
export type InboxRow = Pick<
  Stored<'inbox'>,
  | 'id'
  | 'channel'
  | 'source'
  | 'delivery_id'
  | 'payload'
  | 'headers'
  | 'correlation_id'
  | 'received_at'
>;

/** What became of a message. */
export interface Processed {
  id: InboxRow['id'];
  state: 'processed' | 'rejected';
  ignored: boolean;
  path: string | null;
  reason: string | null;
  /** What bounds took from it when it was mapped; left out where nothing was. */
  shortened?: Shortened;
}

/** Its database numbers them; a message is known again by who sent it. */
const BY_DELIVERY = defineTable({
  ...omit(tables.inbox, 'id'),
  keys: ['source', 'delivery_id'],
});

/**
 * Keeps messages; when this returns outside a transaction they are durable.
 *
 * @returns names `source delivery_id` of those that were not there before
 */
export async function keepMessages(
  db: Knex,
  messages: readonly InboxMessage[],
  now: number,
): Promise<Set<string>> {
  // In one order everywhere: overlapping batches wait for each other instead of
  // locking each other out.
  const ordered = [...messages].sort(
    (a, b) =>
      compareText(a.source, b.source) ||
      compareText(a.deliveryId, b.deliveryId),
  );
  const rows = ordered.map(
    (message): NewRowOf<typeof BY_DELIVERY> => ({
      channel: message.channel,
      source: message.source,
      delivery_id: message.deliveryId,
      payload: message.payload,
      headers: message.headers ? JSON.stringify(message.headers) : null,
      state: message.fault ? 'rejected' : 'received',
      ignored: false,
      path: message.fault?.path ?? null,
      reason: message.fault?.reason ?? null,
      received_at: now,
      processed_at: message.fault ? now : null,
      correlation_id: message.correlationId ?? null,
      clipped_texts: message.shortened?.texts ?? 0,
      unknown_lists: message.shortened?.lists ?? 0,
    }),
  );
  const inserted = await insertRows(db, BY_DELIVERY, rows, 'keep', [
    'source',
    'delivery_id',
  ]);
  return new Set(inserted.map(row => `${row.source} ${row.delivery_id}`));
}

/** Takes the oldest waiting messages for this transaction alone. */
export async function takeReceived(
  tx: Knex.Transaction,
  limit: number,
): Promise<InboxRow[]> {
  const query = select(
    tx('inbox').where('state', 'received').orderBy('id').limit(limit),
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
  return forUpdate(tx, query, { skipLocked: true });
}

/** Writes down what became of messages. */
export async function settleMessages(
  tx: Knex.Transaction,
  settled: readonly Processed[],
  now: number,
): Promise<void> {
  const plain = settled.filter(
    item =>
      item.state === 'processed' &&
      !item.ignored &&
      item.reason === null &&
      !item.shortened,
  );
  const done = new Set(plain);
  for (let start = 0; start < plain.length; start += 1_000) {
    await tx('inbox')
      .whereIn(
        'id',
        plain.slice(start, start + 1_000).map(item => item.id),
      )
      .update({
        state: 'processed',
        ignored: false,
        path: null,
        reason: null,
        processed_at: now,
      });
  }
  for (const item of settled) {
    if (done.has(item)) continue;
    await tx('inbox')
      .where('id', item.id)
      .update({
        state: item.state,
        ignored: item.ignored,
        path: item.path,
        reason: item.reason,
        processed_at: now,
        // What was taken before it was kept is taken still.
        ...(item.shortened && {
          clipped_texts: item.shortened.texts,
          unknown_lists: item.shortened.lists,
        }),
      });
  }
}

/** Puts rejected messages back in line; returns how many. */
export async function replayRejected(
  db: Knex,
  which: { ids?: readonly string[]; source?: string },
): Promise<number> {
  return db('inbox')
    .where('state', 'rejected')
    .modify(query => {
      if (which.ids) query.whereIn('id', [...which.ids]);
      if (which.source) query.where('source', which.source);
    })
    .update({
      state: 'received',
      path: null,
      reason: null,
      processed_at: null,
    });
}

/** Deletes messages past their retention; facts stay. */
export async function purgeInbox(
  db: Knex,
  before: { payloads: number; rejected: number },
): Promise<number> {
  const processed = await db('inbox')
    .where('state', 'processed')
    .where('received_at', '<', before.payloads)
    .delete();
  const rejected = await db('inbox')
    .where('state', 'rejected')
    .where('received_at', '<', before.rejected)
    .delete();
  return processed + rejected;
}
