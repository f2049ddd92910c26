import type { PublishedModule } from '@fawkes/backstage-plugin-dojo-common/rules';
import { insertRows } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { tables } from '../store/tables';

/**
 * Writes down that a module is done once its last required part is: every gate
 * quiz and lab passed and every required lesson read; without any of those, every
 * lesson.
 */
export async function completeIfDone(
  tx: Knex,
  learner: string,
  module: PublishedModule,
  at: number,
): Promise<void> {
  const gates = module.quizzes.filter(({ gate }) => gate);
  const labs = module.labs.filter(({ gate }) => gate);
  const required = module.lessons.filter(lesson => lesson.required);
  const lessons =
    gates.length + labs.length + required.length > 0
      ? required
      : module.lessons;
  const [passed, done, read] = [
    await tx(tables.attempts.name)
      .where({ learner_id: learner, module_id: module.id, passed: true })
      .distinct('quiz_id'),
    await tx(tables.labRuns.name)
      .where({ learner_id: learner, module_id: module.id })
      .whereNotNull('passed_at')
      .distinct('lab_id'),
    await tx(tables.lessonReads.name)
      .where({ learner_id: learner, module_id: module.id })
      .whereNotNull('read_at')
      .select('lesson'),
  ];
  const quizzes = new Set(passed.map(row => row.quiz_id));
  const passedLabs = new Set(done.map(row => row.lab_id));
  const names = new Set(read.map(row => row.lesson));
  const isDone =
    gates.every(({ id }) => quizzes.has(id)) &&
    labs.every(({ id }) => passedLabs.has(id)) &&
    lessons.every(({ name }) => names.has(name));
  if (!isDone) return;
  await insertRows(
    tx,
    tables.completions,
    [
      {
        learner_id: learner,
        module_id: module.id,
        version: module.version,
        at,
      },
    ],
    'keep',
  );
}
