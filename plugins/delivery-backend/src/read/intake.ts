import type { Knex } from 'knex';
import {
  codeOfRejection,
  type IntakeStatus,
  type RejectedQuery,
  type RejectedResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { page } from '@fawkes/kit-backend/sql';
import { countRebuilding, rebuildSince } from '../store/rebuild';
import { tables, type Stored } from '../store/tables';
import { iso, type ReadContext } from './context';

const CLIP = 16 * 1024;

/** What waits, what is done, and how far the numbers lag behind. */
export async function readIntake({
  db,
  now,
}: Pick<ReadContext, 'db' | 'now'>): Promise<IntakeStatus> {
  const states: Array<
    Pick<Stored<'inbox'>, 'state' | 'ignored'> & { count: number | string }
  > = await db('inbox')
    .select('state', 'ignored')
    .count({ count: '*' })
    .groupBy('state', 'ignored');
  const count = (state: string, ignored?: boolean) =>
    states
      .filter(
        row =>
          row.state === state &&
          (ignored === undefined || Boolean(row.ignored) === ignored),
      )
      .reduce((sum, row) => sum + Number(row.count), 0);
  const oldest = await oldestWaiting(db);
  const [{ count: dirty }] = await db('dirty_services').count({ count: '*' });
  // Whose numbers they change is not known yet.
  const [{ count: unlinked }] = await db('dirty_incidents').count({
    count: '*',
  });
  return {
    asOf: iso(now),
    received: count('received'),
    processed: count('processed', false),
    ignored: count('processed', true),
    rejected: count('rejected'),
    dirtyServices: Number(dirty) + Number(unlinked),
    lagSeconds: oldest === null ? 0 : Math.max(0, (now - oldest) / 1000),
    rebuild: await readRebuild(db),
  };
}

async function readRebuild(db: Knex): Promise<IntakeStatus['rebuild']> {
  const since = await rebuildSince(db);
  return since === null
    ? null
    : { since: iso(since), left: await countRebuilding(db, since) };
}

async function oldestWaiting(db: Knex): Promise<number | null> {
  const [received] = await db('inbox')
    .where('state', 'received')
    .min({ at: 'received_at' });
  const [dirty] = await db('dirty_services').min({ at: 'since' });
  const [unlinked] = await db('dirty_incidents').min({ at: 'since' });
  const [days] = await db('dirty_days').min({ at: 'since' });
  const known = [received?.at, dirty?.at, unlinked?.at, days?.at].filter(
    (at): at is number => typeof at === 'number',
  );
  return known.length > 0 ? Math.min(...known) : null;
}

/** Rejected events with reason and payload, newest first. */
export async function listRejected(
  query: RejectedQuery,
  { db, now }: Pick<ReadContext, 'db' | 'now'>,
): Promise<RejectedResponse> {
  const rejected = db('inbox')
    .where('state', 'rejected')
    .modify(builder => {
      if (query.source) builder.where('source', query.source);
    });
  const { rows, nextCursor } = await page(
    rejected,
    tables.inbox,
    { at: 'id' },
    query,
  );
  return {
    asOf: iso(now),
    items: rows.map(row => ({
      id: String(row.id),
      source: row.source,
      channel: row.channel,
      receivedAt: iso(row.received_at),
      path: row.path ?? '',
      reason: row.reason ?? '',
      ...codeOfRejection(row.reason ?? ''),
      payload: row.payload.slice(0, CLIP),
    })),
    nextCursor,
  };
}
