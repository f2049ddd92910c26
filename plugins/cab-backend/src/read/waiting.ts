import {
  STATE_SETS,
  type WaitingResponse,
} from '@fawkes/backstage-plugin-cab-common';
import type { Requirement } from '@fawkes/backstage-plugin-cab-common/rules';
import type { Viewer } from '@fawkes/kit-backend/access';
import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { CaseDeps } from '../cases/deps';
import { catalogAway, refusalOf } from '../cases/deciding';
import { scoredOf } from '../cases/scoredOf';
import { openDelegations } from '../delegations/delegations';
import { voteForOf } from '../delegations/voteFor';
import type { DirectoryPerson } from '../people/directory';
import { databaseNow } from '../store/database';
import { changes, votes, type ChangeRow } from '../store/tables';
import { shownRequirement } from './change';
import { iso, summaryOf } from './summary';

/** Most that are listed. */
const SHOWN = 50;
/** Most reviews that are looked through for one person. */
const LOOKED_THROUGH = 2_000;

/**
 * The change requests somebody may vote on and has not, the oldest first. By the
 * same rules as the vote itself: what is listed can be decided.
 */
export async function waitingFor(
  deps: CaseDeps,
  viewer: Pick<Viewer, 'entities'>,
  userRef: string,
): Promise<WaitingResponse> {
  const { db } = deps;
  const person = await readPerson(deps, userRef);
  const own = db(votes.name)
    .where({ user_ref: userRef, state: 'live' })
    .select('change_id');
  const now = await databaseNow(db);
  const isNamed = (await openDelegations(db, now)).some(
    each => each.to_ref === userRef && each.starts_at <= now,
  );
  const query = db(changes.name).whereIn('state', [...STATE_SETS.review]);
  // Whoever votes for others may have more to do where they have voted themselves.
  if (!isNamed) query.whereNotIn('id', own);
  const rows = await select(
    query
      .whereNot('submitter', userRef)
      .orderBy('created_at')
      .orderBy('id')
      .limit(LOOKED_THROUGH),
    changes,
  );
  const asked = person ? rows.filter(row => isAsked(row, person)) : [];
  const seen = await viewer.entities([
    ...new Set(asked.map(row => row.entity_ref)),
  ]);
  const items: WaitingResponse['items'] = [];
  for (const row of asked.filter(each => seen.has(each.entity_ref))) {
    const scored = await scoredOf(db, row);
    const looked = { tx: db, row };
    if (await refusalOf(looked, person, scored, userRef)) continue;
    if (
      isNamed &&
      (await hasVoted(db, row, userRef)) &&
      (await voteForOf(deps, looked, scored, person!)).length === 0
    ) {
      continue;
    }
    const requirement = await shownRequirement(db, row, scored);
    items.push(summaryOf(row, requirement?.lacking));
    if (items.length > SHOWN) break;
  }
  return {
    asOf: iso(await databaseNow(db)),
    items: items.slice(0, SHOWN),
    more: items.length > SHOWN || rows.length === LOOKED_THROUGH,
  };
}

async function hasVoted(
  db: Knex,
  { id }: ChangeRow,
  userRef: string,
): Promise<boolean> {
  const rows = await select(
    db(votes.name).where({ change_id: id, user_ref: userRef, state: 'live' }),
    votes,
    'id',
  );
  return rows.length > 0;
}

/** Of one of the groups that are asked: most are of others, and need no further look. */
function isAsked(row: ChangeRow, { groups }: DirectoryPerson): boolean {
  const { pool }: Requirement = JSON.parse(row.requirement!);
  return pool.some(group => groups.includes(group));
}

async function readPerson(
  { directory, logger }: CaseDeps,
  userRef: string,
): Promise<DirectoryPerson | undefined> {
  try {
    return await directory.person(userRef);
  } catch (error) {
    logger.warn('Whoever votes could not be read', { error: String(error) });
    throw catalogAway();
  }
}
