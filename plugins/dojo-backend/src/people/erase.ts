import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import {
  forUpdate,
  inTransaction,
  insertRows,
  lock,
} from '@fawkes/kit-backend/sql';
import { saidError } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import { holdLearner, keepsProgress } from '../learn/learners';
import { tables, type ErasureRow } from '../store/tables';
import { isLearner, meOf, type Me } from './me';
import { personalTables } from './personal';

/** What one may change one's mind in: seven days of 24 hours. */
const MIND_MS = 7 * 86_400_000;
/** How many are erased in one go of the job. */
const AT_ONCE = 100;

/** What erasing is made of. */
export interface EraseDeps {
  db: Knex;
  now(): number;
}

/**
 * Asks to be erased; asking again changes which certificates are kept, and never
 * the day.
 *
 * @throws NotAllowedError for guests, NotFoundError for who has not begun to learn
 */
export async function askErasure(
  userRef: string,
  keep: readonly string[],
  { db, now }: EraseDeps,
): Promise<void> {
  if (!keepsProgress(userRef)) {
    throw saidError(NotAllowedError, sayDojo('mine.guest'));
  }
  const me = await meOf(db, userRef);
  if (!isLearner(me)) throw saidError(NotFoundError, sayDojo('mine.none'));
  const at = now();
  await inTransaction(db, async tx => {
    await holdLearner(tx, me.learner);
    const row: ErasureRow = {
      learner_id: me.learner,
      asked_at: at,
      due_at: at + MIND_MS,
      keep: JSON.stringify([...new Set(keep)]),
    };
    await insertRows(tx, tables.erasures, [row], { update: ['keep'] });
  });
}

/** Takes back what was asked; nothing is erased. */
export async function cancelErasure(
  userRef: string,
  { db }: EraseDeps,
): Promise<void> {
  const { learner } = await meOf(db, userRef);
  await db(tables.erasures.name).where({ learner_id: learner }).delete();
}

/**
 * Erases whose days are over, each in a transaction of its own.
 *
 * @returns how many
 */
export async function eraseDue({ db, now }: EraseDeps): Promise<number> {
  const due: Array<{ learner_id: string; user_ref: string }> = await db(
    tables.erasures.name,
  )
    .join('learners', 'learners.id', 'erasures.learner_id')
    .where('erasures.due_at', '<=', now())
    .orderBy('erasures.due_at')
    .limit(AT_ONCE)
    .select('erasures.learner_id', 'learners.user_ref');
  for (const { learner_id: learner, user_ref: userRef } of due) {
    await erase({ learner, userRef }, { db, now });
  }
  return due.length;
}

async function erase(me: Me, { db, now }: EraseDeps): Promise<void> {
  await inTransaction(db, async tx => {
    // Whatever they do at this moment waits, and then finds nobody.
    const held = await forUpdate(
      tx,
      tx(tables.learners.name).where({ id: me.learner }),
    ).first('id');
    const asked: ErasureRow | undefined = await tx(tables.erasures.name)
      .where({ learner_id: me.learner })
      .where('due_at', '<=', now())
      .first();
    // In the last moment they changed their mind, or somebody was faster.
    if (!held || !asked) return;
    const awards: string[] = await tx(tables.awards.name)
      .where({ learner_id: me.learner })
      .pluck('id');
    const names = awards.map(award => `revoke ${award}`);
    await lock(tx, [...names, 'status lists'], 'alone');
    const how = {
      keep: new Set<string>(JSON.parse(asked.keep)),
      now: now(),
      tombstones: new Map<string, string>(),
    };
    for (const { how: table } of personalTables) {
      await table.erase(tx, me, how);
    }
  });
}
