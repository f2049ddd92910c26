import { NotAllowedError } from '@backstage/errors';
import { sayDojo, type Choices } from '@fawkes/backstage-plugin-dojo-common';
import { inTransaction, insertRows } from '@fawkes/kit-backend/sql';
import { saidError } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import { enrol, holdLearner, keepsProgress } from '../learn/learners';
import { tables, type ChoicesRow } from '../store/tables';

/** What a person lets others see: nothing, as long as they have not said so. */
export async function choicesOf(db: Knex, learner: string): Promise<Choices> {
  const row: ChoicesRow | undefined = await db(tables.choices.name)
    .where({ learner_id: learner })
    .first();
  return {
    showBelts: Boolean(row?.show_belts),
    showName: Boolean(row?.show_name),
  };
}

/**
 * Keeps what a person lets others see, from this moment on.
 *
 * @throws NotAllowedError for guests
 */
export async function changeChoices(
  userRef: string,
  { showBelts, showName }: Choices,
  { db, now }: { db: Knex; now(): number },
): Promise<Choices> {
  if (!keepsProgress(userRef)) {
    throw saidError(NotAllowedError, sayDojo('mine.guest'));
  }
  const at = now();
  const learner = await enrol(db, userRef, at);
  await inTransaction(db, async tx => {
    await holdLearner(tx, learner);
    const row = {
      learner_id: learner,
      show_belts: showBelts,
      show_name: showName,
      changed_at: at,
    };
    await insertRows(tx, tables.choices, [row], {
      update: ['show_belts', 'show_name', 'changed_at'],
    });
  });
  return { showBelts, showName };
}
