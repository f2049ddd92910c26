import type { EventsService } from '@backstage/plugin-events-node';
import type { Knex } from 'knex';
import {
  letterTold,
  releaseLetter,
  takeLetters,
  type Letter,
} from '../store/outbox';

/** Letters of one round. */
const BATCH = 50;

/**
 * Tells other plugins what was written for them, after it was committed: in order,
 * and again when nobody can say whether they heard.
 *
 * @param alsoTell - told after them, once, and allowed to fail silently
 * @returns how many were taken; 0 = nothing waits
 */
export async function tellEvents(
  db: Knex,
  events: Pick<EventsService, 'publish'>,
  now: () => number,
  alsoTell: (letter: Letter) => Promise<void>,
): Promise<number> {
  const letters = await takeLetters(db, BATCH, now());
  for (const [index, letter] of letters.entries()) {
    const { id, topic, payload } = letter;
    try {
      await events.publish({ topic, eventPayload: payload });
      await letterTold(db, id, now());
      await alsoTell(letter);
    } catch (error) {
      for (const left of letters.slice(index)) await releaseLetter(db, left.id);
      throw error;
    }
  }
  return letters.length;
}
