import { randomUUID } from 'node:crypto';
import { NotAllowedError } from '@backstage/errors';
import { sayDojo, type TeamLook } from '@fawkes/backstage-plugin-dojo-common';
import type { Viewer } from '@fawkes/kit-backend/access';
import { forShare, inTransaction, insertRows } from '@fawkes/kit-backend/sql';
import { saidError } from '@fawkes/kit-contract';
import type { Knex } from 'knex';
import type { Library } from '../content/library';
import { iso } from '../learn/iso';
import { keepsProgress } from '../learn/learners';
import { tables } from '../store/tables';
import { groupOf } from './groups';
import { heldBy, learnersIn } from './held';

/**
 * What direct members of a group have done: passed, or not yet. Each of them is told
 * who looked.
 *
 * @throws NotAllowedError for everybody who is not named as the lead of the group
 */
export async function lookAtTeam(
  viewer: Viewer,
  ref: string,
  { db, library, now }: { db: Knex; library: Library; now(): number },
): Promise<TeamLook> {
  const me = viewer.person().toLowerCase();
  const entity = (await viewer.entities([ref])).get(ref);
  // Others have no members, whatever an annotation says of them.
  const group = entity?.kind === 'Group' ? groupOf(entity) : undefined;
  // A group there is not, and one that is hidden, is one they do not lead.
  if (!keepsProgress(me) || !group?.leads.includes(me)) {
    throw saidError(NotAllowedError, sayDojo('team.not_yours'));
  }
  const at = now();
  const people = await learnersIn(db, group);
  const ids = [...people.values()];
  await inTransaction(db, async tx => {
    // Whoever was erased in the meantime is looked at by nobody.
    const there: string[] = await forShare(
      tx,
      tx(tables.learners.name).whereIn('id', ids),
    ).pluck('id');
    const others = there.filter(id => people.get(me) !== id);
    await insertRows(
      tx,
      tables.looks,
      others.map(learner => ({
        id: randomUUID(),
        learner_id: learner,
        by_ref: viewer.person(),
        group_ref: group.ref,
        at,
      })),
    );
  });
  const awards = await heldBy(db, ids);
  const done: Array<{ learner_id: string; module_id: string }> = await db(
    tables.completions.name,
  )
    .whereIn('learner_id', ids)
    .select('learner_id', 'module_id');
  const contents = (await library.shelves()).map(({ content }) => content);
  const modules = contents.flatMap(content => content.modules);
  const belts = contents
    .flatMap(content => content.belts)
    .filter(({ inPreparation }) => !inPreparation);
  const entry = ({ slug, title }: { slug: string; title: string }) => ({
    slug,
    title,
  });
  return {
    asOf: iso(at),
    group: group.ref,
    belts: belts.map(entry),
    modules: modules.map(entry),
    members: group.members.map(person => {
      const learner = people.get(person);
      const own = new Set(
        done
          .filter(row => row.learner_id === learner)
          .map(row => row.module_id),
      );
      const held = new Set(
        (learner ? awards.get(learner) ?? [] : []).map(row => row.belt_id),
      );
      return {
        person,
        belts: belts.filter(({ id }) => held.has(id)).map(({ slug }) => slug),
        modules: modules
          .filter(({ id }) => own.has(id))
          .map(({ slug }) => slug),
      };
    }),
  };
}
