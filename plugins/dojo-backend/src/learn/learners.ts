import { randomUUID } from 'node:crypto';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import { forShare } from '@fawkes/kit-backend/sql';
import { saidError } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import { tables } from '../store/tables';

/** People who did not say who they are. */
const GUEST = /^user:[^/]+\/guest$/;

/** Whether what a person does is kept. */
export function keepsProgress(userRef: string | undefined): boolean {
  return userRef !== undefined && !GUEST.test(userRef);
}

/** Id of a learner; undefined for who has not begun to learn. */
export async function findLearner(
  db: Knex,
  userRef: string | undefined,
): Promise<string | undefined> {
  if (!keepsProgress(userRef)) return undefined;
  const row = await db(tables.learners.name)
    .where({ user_ref: userRef })
    .first('id');
  return row?.id;
}

/**
 * Id of a learner, who becomes one by this.
 *
 * @throws NotAllowedError for guests
 */
export async function enrol(
  db: Knex,
  userRef: string,
  now: number,
): Promise<string> {
  if (!keepsProgress(userRef)) {
    throw saidError(NotAllowedError, sayDojo('attempt.guest'));
  }
  const known = await findLearner(db, userRef);
  if (known) return known;
  await db(tables.learners.name)
    .insert({ id: randomUUID(), user_ref: userRef, created_at: now })
    .onConflict('user_ref')
    .ignore();
  return (await findLearner(db, userRef))!;
}

/**
 * Keeps a learner from being erased until the end of a transaction that writes
 * something of theirs. It comes first in it, before any lock.
 *
 * @throws NotFoundError for who was erased in the meantime
 */
export async function holdLearner(
  tx: Knex.Transaction,
  learner: string,
): Promise<void> {
  const query = tx(tables.learners.name).where({ id: learner });
  const row = await forShare(tx, query).first('id');
  if (!row) throw saidError(NotFoundError, sayDojo('mine.none'));
}
