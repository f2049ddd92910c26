import type { DeliverySource } from '@fawkes/backstage-plugin-delivery-node';
import {
  codeOfBackfillEnd,
  type SourceInfo,
  type SourcesResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { select } from '@fawkes/kit-backend/sql';
import type { BackfillStatus } from '../jobs/backfill';
import { tables, type Stored } from '../store/tables';
import { iso, isoOrNull, type ReadContext } from './context';

const DAY_MS = 86_400_000;
/** A source is stale after so many of its usual pauses, and not before a day. */
const STALE_PAUSES = 5;

/** Every source that is installed or has told something. */
export async function listSources(
  installed: ReadonlyMap<string, DeliverySource>,
  backfills: ReadonlyMap<string, BackfillStatus>,
  { db, config, now }: ReadContext,
): Promise<SourcesResponse> {
  const rows: ToldInState[] = await db('inbox')
    .select('source', 'state')
    .count({ count: '*' })
    .min({ first: 'received_at' })
    .max({ last: 'received_at' })
    .groupBy('source', 'state');
  const told = new Map<string, Told>();
  for (const row of rows) {
    const source = told.get(row.source) ?? {
      received: 0,
      rejected: 0,
      first: Infinity,
      last: -Infinity,
    };
    source.received += Number(row.count);
    if (row.state === 'rejected') source.rejected += Number(row.count);
    source.first = Math.min(source.first, row.first);
    source.last = Math.max(source.last, row.last);
    told.set(row.source, source);
  }
  const removed = new Map<string, number>(
    (await select(db('removed_sources'), tables.removedSources)).map(row => [
      row.source,
      row.removed_at,
    ]),
  );
  const ids = [
    ...new Set([...installed.keys(), ...told.keys(), ...removed.keys()]),
  ].sort();
  return {
    asOf: iso(now),
    items: ids.map((id): SourceInfo => {
      const source = installed.get(id);
      const facts = told.get(id);
      const backfill = backfills.get(id);
      return {
        id,
        title: source?.title ?? id,
        sandbox: config.sandboxSources.has(id),
        sample: config.sampleSources.has(id),
        received: facts?.received ?? 0,
        rejected: facts?.rejected ?? 0,
        lastEventAt: isoOrNull(facts?.last ?? null),
        removedAt: isoOrNull(removed.get(id) ?? null),
        stale: facts !== undefined && isStale(facts, now),
        backfill: source?.backfill
          ? {
              state: backfill?.state ?? 'idle',
              loaded: backfill?.loaded ?? 0,
              message: backfill?.message ?? null,
              ...codeOfBackfillEnd(backfill?.message ?? ''),
              updatedAt: isoOrNull(backfill?.updatedAt ?? null),
            }
          : null,
      };
    }),
  };
}

/** What the inbox has of a source in one state. */
type ToldInState = Pick<Stored<'inbox'>, 'source' | 'state'> & {
  count: number | string;
  first: number;
  last: number;
};

interface Told {
  received: number;
  rejected: number;
  first: number;
  last: number;
}

/** Silent for much longer than its own rhythm explains. */
function isStale({ received, first, last }: Told, now: number): boolean {
  const pause = received > 1 ? (last - first) / (received - 1) : DAY_MS;
  return now - last > Math.max(DAY_MS, STALE_PAUSES * pause);
}
