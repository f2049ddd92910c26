import {
  teamHiddenSchema,
  type Team,
} from '@fawkes/backstage-plugin-dojo-common';
import type { Viewer } from '@fawkes/kit-backend/access';
import type { Knex } from 'knex';
import { iso } from '../learn/iso';
import { beltTitleOf } from '../people/names';
import { tables, type TeamFiguresRow } from '../store/tables';
import type { KeptFigures } from './count';
import { groupOf, groupsAround, type Group } from './groups';
import { heldBy, learnersIn } from './held';

/** The groups of the caller, with those around them and those they lead. */
export async function readTeams(
  viewer: Viewer,
  { db, now }: { db: Knex; now(): number },
): Promise<{ asOf: string; items: Team[] }> {
  const me = viewer.person().toLowerCase();
  const all = (await viewer.every('Group')).map(groupOf);
  // Those they lead, then those they are in, then those around these.
  const groups = [
    ...new Set([
      ...all.filter(({ leads }) => leads.includes(me)),
      ...groupsAround(all, me),
    ]),
  ];
  const rows: TeamFiguresRow[] = await db(tables.teamFigures.name).whereIn(
    'group_ref',
    groups.map(({ ref }) => ref),
  );
  const kept = new Map(rows.map(row => [row.group_ref, row]));
  const items: Team[] = [];
  for (const group of groups) {
    items.push({
      group: group.ref,
      leads: group.leads.includes(me),
      ...figuresOf(kept.get(group.ref)),
      shown: await shownIn(db, group),
    });
  }
  return { asOf: iso(now()), items };
}

function figuresOf(
  row: TeamFiguresRow | undefined,
): Pick<Team, 'figures' | 'hidden'> {
  // A group that is new is counted with the next round.
  if (!row) return { figures: null, hidden: 'later' };
  if (row.hidden !== null) {
    return { figures: null, hidden: teamHiddenSchema.parse(row.hidden) };
  }
  const figures: KeptFigures = JSON.parse(row.figures);
  return { figures: { asOf: iso(row.taken_at), ...figures }, hidden: null };
}

/** Belts of direct members who show them. */
async function shownIn(db: Knex, group: Group): Promise<Team['shown']> {
  const people = await learnersIn(db, group);
  const showing: string[] = await db(tables.choices.name)
    .whereIn('learner_id', [...people.values()])
    .where({ show_belts: true })
    .pluck('learner_id');
  const awards = await heldBy(db, showing);
  return [...people].flatMap(([person, learner]) => {
    const belts = awards.get(learner)?.map(beltTitleOf) ?? [];
    return belts.length > 0 ? [{ person, belts }] : [];
  });
}
