import type { Knex } from 'knex';
import type { Criteria } from '../belts/award';
import type { Library } from '../content/library';
import { tables, type AwardRow } from '../store/tables';
import type { Me } from './me';

/** What things are called by the ids that rows have. */
export interface Names {
  module(id: string): string;
  lesson(module: string, name: string): string;
  quiz(id: string): string;
  lab(id: string): string;
  labOfRun(id: string): string;
  beltOfAward(id: string): string | undefined;
}

/** Names of everything rows of a person may be about; what is gone has its id. */
export async function namesFor(
  me: Me,
  { db, library }: { db: Knex; library: Library },
): Promise<Names> {
  const shelves = await library.shelves();
  const runs: Array<{ id: string; lab_id: string }> = await db(
    tables.labRuns.name,
  )
    .where({ learner_id: me.learner })
    .select('id', 'lab_id');
  const awards: AwardRow[] = await db(tables.awards.name).where({
    learner_id: me.learner,
  });
  const labs = new Map(runs.map(row => [row.id, row.lab_id]));
  const belts = new Map(awards.map(row => [row.id, beltTitleOf(row)]));
  const moduleOf = (id: string) =>
    shelves
      .flatMap(({ content }) => content.modules)
      .find(each => each.id === id);
  const among = <T>(find: (shelf: (typeof shelves)[number]) => T | undefined) =>
    shelves.map(find).find(each => each !== undefined);
  const lab = (id: string) =>
    among(shelf => shelf.findLab(id)?.lab.title) ?? id;
  return {
    module: id => moduleOf(id)?.title ?? id,
    lesson: (module, name) =>
      moduleOf(module)?.lessons.find(each => each.name === name)?.title ?? name,
    quiz: id => among(shelf => shelf.findQuiz(id)?.quiz.title) ?? id,
    lab,
    labOfRun: id => lab(labs.get(id) ?? id),
    beltOfAward: id => belts.get(id),
  };
}

/** What the belt of an award was called that day. */
export function beltTitleOf({ criteria }: Pick<AwardRow, 'criteria'>): string {
  return (JSON.parse(criteria) as Criteria).title;
}
