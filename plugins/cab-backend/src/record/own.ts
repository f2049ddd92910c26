import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import type { Doer } from '../cases/deps';
import { appendEntries } from './append';

/** Something the record is about besides change requests: it has entries of its own. */
export interface Recorded {
  id: string;
  /** How many entries are about it. */
  event_count: number;
  /** The leaf of the last; empty for none. */
  event_leaf: string;
}

/** What happened to it. */
export interface Happened {
  type: string;
  data: JsonObject;
  /** What a person wrote. */
  text: string;
}

/**
 * Writes an entry about something that is no change request, and takes its place over
 * into the row.
 *
 * @returns the id of the entry
 */
export async function recordOwn(
  tx: Knex.Transaction,
  row: Recorded,
  { actor, correlationId, via }: Doer,
  { type, data, text }: Happened,
): Promise<string> {
  const eventId = uuid();
  const [appended] = await appendEntries(tx, [
    {
      eventId,
      changeId: row.id,
      type,
      actor,
      correlationId,
      data: { ...data, ...(via !== undefined && { via }) },
      after: { count: row.event_count, leaf: row.event_leaf || null },
      text,
    },
  ]);
  row.event_count += 1;
  row.event_leaf = appended.leaf;
  return eventId;
}
