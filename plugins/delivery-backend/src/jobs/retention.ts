import type { Knex } from 'knex';
import type { DeliveryConfig } from '../config';
import { purgeInbox } from '../store/inbox';

/** Deletes what is past its retention; facts, links and numbers stay. */
export async function purgeExpired(
  db: Knex,
  config: DeliveryConfig,
  now: number,
): Promise<number> {
  return purgeInbox(db, {
    payloads: now - config.payloadRetentionMs,
    rejected: now - config.rejectedRetentionMs,
  });
}
