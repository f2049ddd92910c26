import type { EventsService } from '@backstage/plugin-events-node';
import type { Knex } from 'knex';
import { letterTold, releaseLetter, takeLetters } from '../store/outbox';

/** Letters of one round. */
const BATCH = 50;

/**
 * Tells other plugins what was written for them, after it was committed: in order,
 * and again when nobody can say whether they heard.
 *
 * @returns how many were taken; 0 = nothing waits
 */
export async function tellEvents(
  db: Knex,
  events: Pick<EventsService, 'publish'>,
  now: () => number,
): Promise<number> {
  const letters = await takeLetters(db, BATCH, now());
  for (const [index, { id, topic, payload }] of letters.entries()) {
    try {
      await events.publish({ topic, eventPayload: payload });
      await letterTold(db, id, now());
    } catch (error) {
      for (const left of letters.slice(index)) await releaseLetter(db, left.id);
      throw error;
    }
  }
  return letters.length;
}
