import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { say, type Claim } from '@fawkes/backstage-plugin-delivery-common';
import type { Mapped } from '@fawkes/backstage-plugin-delivery-node';
import { inTransaction } from '@fawkes/kit-backend/sql';
import {
  settleMessages,
  takeReceived,
  type InboxRow,
  type Processed,
} from '../store/inbox';
import { applyClaims } from './applyClaims';
import type { ApplyContext } from './applyContext';
import type { Mapper } from './mappers';

/** What processing depends on besides the inbox. */
export interface ProcessContext extends ApplyContext {
  mappers: ReadonlyMap<string, Mapper>;
  logger: LoggerService;
}

/**
 * Processes waiting messages: each is mapped and told to the store in the same
 * transaction that settles it, so that it takes effect exactly once whatever
 * dies when.
 *
 * @returns how many messages were settled; 0 = nothing waits
 */
export async function processInbox(
  db: Knex,
  limit: number,
  context: ProcessContext,
): Promise<number> {
  try {
    return await inTransaction(db, tx => processBatch(tx, limit, context));
  } catch (error) {
    // One message the database refuses must not hold up the others.
    if (limit === 1) throw error;
    context.logger.warn('A batch could not be stored; taking it one by one', {
      error: String(error),
    });
    return processSingly(db, limit, context);
  }
}

async function processBatch(
  tx: Knex.Transaction,
  limit: number,
  context: ProcessContext,
): Promise<number> {
  const rows = await takeReceived(tx, limit);
  if (rows.length === 0) return 0;
  const claims: Claim[] = [];
  const settled = rows.map((row): Processed => {
    const mapped = mapRow(row, context);
    if (mapped.outcome === 'claims') claims.push(...mapped.claims);
    return toProcessed(row.id, mapped);
  });
  await applyClaims(tx, claims, context);
  await settleMessages(tx, settled, context.now);
  return rows.length;
}

async function processSingly(
  db: Knex,
  limit: number,
  context: ProcessContext,
): Promise<number> {
  let done = 0;
  while (done < limit) {
    let id: InboxRow['id'] | undefined;
    try {
      const count = await inTransaction(db, async tx => {
        const [row] = await takeReceived(tx, 1);
        if (!row) return 0;
        id = row.id;
        const mapped = mapRow(row, context);
        if (mapped.outcome === 'claims') {
          await applyClaims(tx, mapped.claims, context);
        }
        await settleMessages(tx, [toProcessed(row.id, mapped)], context.now);
        return 1;
      });
      if (count === 0) return done;
    } catch (error) {
      if (id === undefined || !isRefusal(error)) throw error;
      context.logger.error('A message could not be stored', {
        id,
        error: String(error),
      });
      await db.transaction(tx =>
        settleMessages(
          tx,
          [
            {
              id: id!,
              state: 'rejected',
              ignored: false,
              path: '',
              reason: say('rejected.database').text,
            },
          ],
          context.now,
        ),
      );
    }
    done += 1;
  }
  return done;
}

/** The database answered and said no to the data, as against being away. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(22|23|54)/.test(code) ||
    code.startsWith('SQLITE_CONSTRAINT') ||
    code === 'SQLITE_TOOBIG' ||
    error instanceof TypeError ||
    error instanceof RangeError
  );
}

/** What a message says, by whoever understands it. */
export function mapRow(row: InboxRow, context: ProcessContext): Mapped {
  const mapper = context.mappers.get(row.channel);
  if (!mapper) {
    return {
      outcome: 'rejected',
      fault: {
        path: '',
        reason: say('rejected.no_source', { source: row.channel }).text,
      },
    };
  }
  let payload: unknown;
  try {
    payload = JSON.parse(row.payload);
  } catch {
    return {
      outcome: 'rejected',
      fault: {
        path: '',
        reason: say('rejected.clipped').text,
      },
    };
  }
  try {
    return mapper(
      {
        deliveryId: row.delivery_id,
        payload,
        ...(row.headers ? { headers: JSON.parse(row.headers) } : {}),
        ...(row.correlation_id ? { correlationId: row.correlation_id } : {}),
      },
      row.received_at,
    );
  } catch (error) {
    context.logger.error(`Source ${row.channel} failed on a message`, {
      id: row.id,
      error: String(error),
    });
    return {
      outcome: 'rejected',
      fault: { path: '', reason: say('rejected.unread').text },
    };
  }
}

/** What became of a message, by what was understood of it. */
export function toProcessed(id: InboxRow['id'], mapped: Mapped): Processed {
  switch (mapped.outcome) {
    case 'claims':
      return {
        id,
        state: 'processed',
        ignored: false,
        path: mapped.fault?.path.slice(0, 512) ?? null,
        reason: mapped.fault?.reason ?? null,
        ...(mapped.shortened && { shortened: mapped.shortened }),
      };
    case 'ignored':
      return {
        id,
        state: 'processed',
        ignored: true,
        path: null,
        reason: mapped.reason,
      };
    default:
      return {
        id,
        state: 'rejected',
        ignored: false,
        path: mapped.fault.path.slice(0, 512),
        reason: mapped.fault.reason,
      };
  }
}
