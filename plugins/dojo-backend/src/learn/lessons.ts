import { NotFoundError } from '@backstage/errors';
import { sayDojo } from '@fawkes/backstage-plugin-dojo-common';
import { inTransaction, insertRows } from '@fawkes/kit-backend/sql';
import { saidError } from '@fawkes/kit-contract';
import { awardBelts } from '../belts/award';
import { tables } from '../store/tables';
import { completeIfDone } from './completions';
import type { LearnDeps } from './deps';
import { enrol, holdLearner } from './learners';

/** Notes that a lesson was opened, and with `finished` that it was read. */
export async function noteLesson(
  userRef: string,
  named: { module: string; lesson: string },
  finished: boolean,
  { db, library, now }: LearnDeps,
): Promise<void> {
  const found = await library.module(named.module);
  if (!found) throw saidError(NotFoundError, sayDojo('module.not_found'));
  const { module } = found;
  if (!module.lessons.some(({ name }) => name === named.lesson)) {
    throw saidError(NotFoundError, sayDojo('lesson.not_found'));
  }
  const learner = await enrol(db, userRef, now());
  const at = now();
  const shelves = await library.shelves();
  await inTransaction(db, async tx => {
    await holdLearner(tx, learner);
    const key = {
      learner_id: learner,
      module_id: module.id,
      lesson: named.lesson,
    };
    await insertRows(
      tx,
      tables.lessonReads,
      [{ ...key, opened_at: at, read_at: null }],
      { update: ['opened_at'] },
    );
    if (!finished) return;
    await tx(tables.lessonReads.name)
      .where(key)
      .whereNull('read_at')
      .update({ read_at: at });
    await completeIfDone(tx, learner, module, at);
    await awardBelts(tx, learner, shelves, at);
  });
}
