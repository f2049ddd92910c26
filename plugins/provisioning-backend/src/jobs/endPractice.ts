import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Core } from '../core';
import { beginDestroy } from '../commands/destroy';
import { OURSELVES } from '../people/people';

/** What is for practice and still there, in states from which a destroy begins. */
const STILL = ['ready', 'failed', 'needs_person', 'cancelled'];

/**
 * Destroys practice requests whose time has come.
 *
 * @returns how many were begun
 */
export async function endPractice(
  core: Core,
  logger: LoggerService,
): Promise<number> {
  const due = await core
    .db('requests')
    .where('practice', true)
    .whereIn('state', STILL)
    .where('ends_at', '<=', core.now())
    .orderBy('ends_at')
    .limit(100)
    .select('id', 'name');
  for (const { id, name } of due) {
    await beginDestroy(core, id, { ref: OURSELVES, rights: 'plugin' }, false);
    logger.info('Practice has ended; its service is taken down', { id, name });
  }
  return due.length;
}
