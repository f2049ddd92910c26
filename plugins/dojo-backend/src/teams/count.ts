import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { TeamFigures } from '@fawkes/backstage-plugin-dojo-common';
import {
  countOf,
  hiddenBecause,
  staysAsItWas,
  type Crowd,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import {
  forShare,
  inTransaction,
  insertRows,
  lock,
} from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { Library, Revision } from '../content/library';
import { tables, type TeamFiguresRow } from '../store/tables';
import { everybodyIn, groupOf, type Group } from './groups';

/** What is kept of the figures of a group; when they were taken is beside them. */
export type KeptFigures = Omit<TeamFigures, 'asOf'>;

/** What counting is made of. */
export interface CountDeps {
  auth: AuthService;
  catalog: Pick<CatalogService, 'streamEntities'>;
  db: Knex;
  library: Library;
  now(): number;
}

/**
 * Counts every group of the catalog. Pages show what was counted, and nobody can
 * have it counted with a filter of theirs.
 */
export async function countTeams(deps: CountDeps): Promise<void> {
  const { db, library } = deps;
  const groups = await allGroups(deps);
  const people = everybodyIn(groups);
  const learners = await learnersByRef(db);
  const crowds = groups.map(({ ref, parents }): Crowd => {
    const everybody = [...people.get(ref)!];
    return {
      group: ref,
      parents,
      size: everybody.length,
      learners: new Set(
        everybody.flatMap(person => learners.get(person) ?? []),
      ),
    };
  });
  const shelves = await library.shelves();
  for (const crowd of crowds) {
    await countCrowd(crowd, hiddenBecause(crowd, crowds), shelves, deps);
  }
  await forgetGone(db, new Set(groups.map(({ ref }) => ref)));
}

async function allGroups({ auth, catalog }: CountDeps): Promise<Group[]> {
  const groups: Group[] = [];
  const asked = { credentials: await auth.getOwnServiceCredentials() };
  const request = {
    filter: { kind: 'Group' },
    fields: ['kind', 'metadata', 'relations'],
  };
  for await (const some of catalog.streamEntities(request, asked)) {
    groups.push(...some.map(groupOf));
  }
  return groups;
}

async function learnersByRef(db: Knex): Promise<Map<string, string>> {
  const rows = await db(tables.learners.name).select('id', 'user_ref');
  return new Map(rows.map(row => [row.user_ref.toLowerCase(), row.id]));
}

async function countCrowd(
  crowd: Crowd,
  hidden: ReturnType<typeof hiddenBecause>,
  shelves: readonly Revision[],
  { db, now }: CountDeps,
): Promise<void> {
  const { group } = crowd;
  const named = { group_ref: group };
  await inTransaction(db, async tx => {
    const learners = await heldLearners(tx, crowd.learners);
    await lock(tx, [`team ${group}`], 'alone');
    const before: TeamFiguresRow | undefined = await tx(tables.teamFigures.name)
      .where(named)
      .first();
    const counted: string[] = await tx(tables.teamPeople.name)
      .where(named)
      .pluck('learner_id');
    const stays =
      before?.hidden === null &&
      staysAsItWas(
        {
          learners: new Set(counted),
          erased: before.erased,
          takenAt: before.taken_at,
        },
        learners,
        now(),
      );
    if (stays) return;
    await tx(tables.teamPeople.name).where(named).delete();
    // Whom nothing is said of need not be remembered as counted.
    await insertRows(
      tx,
      tables.teamPeople,
      hidden ? [] : [...learners].map(id => ({ ...named, learner_id: id })),
    );
    const figures = hidden ? {} : await figuresOf(tx, crowd, shelves);
    const row: TeamFiguresRow = {
      ...named,
      taken_at: now(),
      hidden,
      figures: JSON.stringify(figures),
      erased: 0,
    };
    await insertRows(tx, tables.teamFigures, [row], {
      update: ['taken_at', 'hidden', 'figures', 'erased'],
    });
  });
}

/** Those who were not erased in the meantime, and are not until this is written. */
async function heldLearners(
  tx: Knex.Transaction,
  ids: ReadonlySet<string>,
): Promise<Set<string>> {
  const held = new Set<string>();
  const all = [...ids];
  for (let at = 0; at < all.length; at += 500) {
    const query = tx(tables.learners.name)
      .whereIn('id', all.slice(at, at + 500))
      .orderBy('id');
    const rows: string[] = await forShare(tx, query).pluck('id');
    rows.forEach(id => held.add(id));
  }
  return held;
}

async function figuresOf(
  tx: Knex.Transaction,
  { group, size, learners: { size: all } }: Crowd,
  shelves: readonly Revision[],
): Promise<KeptFigures> {
  const done = await counts(tx, group, 'completions', 'module_id');
  const held = await counts(tx, group, 'awards', 'belt_id');
  const told =
    (counted: Map<string, number>) =>
    ({ id, slug, title }: { id: string; slug: string; title: string }) => ({
      slug,
      title,
      people: countOf(counted.get(id) ?? 0, all),
    });
  const contents = shelves.map(({ content }) => content);
  return {
    people: countOf(all, size),
    completions: [...done.values()].reduce((sum, count) => sum + count, 0),
    belts: contents
      .flatMap(({ belts }) => belts.filter(each => !each.inPreparation))
      .map(told(held)),
    modules: contents.flatMap(({ modules }) => modules).map(told(done)),
  };
}

/** How many of those who were counted have each thing. */
async function counts(
  tx: Knex.Transaction,
  group: string,
  table: 'completions' | 'awards',
  column: string,
): Promise<Map<string, number>> {
  const rows: Array<{ id: string; people: number | string }> = await tx(
    tables.teamPeople.name,
  )
    .join(table, `${table}.learner_id`, 'team_people.learner_id')
    .where('team_people.group_ref', group)
    .modify(query => {
      if (table === 'awards') query.whereNull('awards.revoked_at');
    })
    .groupBy(`${table}.${column}`)
    .select({ id: `${table}.${column}` })
    .countDistinct({ people: `${table}.learner_id` });
  return new Map(rows.map(({ id, people }) => [id, Number(people)]));
}

async function forgetGone(db: Knex, there: ReadonlySet<string>): Promise<void> {
  const kept: string[] = await db(tables.teamFigures.name).pluck('group_ref');
  for (const group of kept.filter(ref => !there.has(ref))) {
    await inTransaction(db, async tx => {
      await tx(tables.teamPeople.name).where({ group_ref: group }).delete();
      await tx(tables.teamFigures.name).where({ group_ref: group }).delete();
    });
  }
}
