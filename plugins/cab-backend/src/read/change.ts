import type { Change } from '@fawkes/backstage-plugin-cab-common';
import { STATE_SETS } from '@fawkes/backstage-plugin-cab-common';
import {
  lacking,
  reduce,
  type Requirement,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { wordsOfError, type Said } from '@fawkes/kit-contract';
import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { CaseDeps } from '../cases/deps';
import { refusalOf } from '../cases/deciding';
import { isOnBoard } from '../cases/ending';
import { memberOf } from '../cases/people';
import { conflict, notAllowed } from '../cases/refusals';
import type { ScoredRevision } from '../cases/scored';
import type { DirectoryPerson } from '../people/directory';
import { databaseNow } from '../store/database';
import {
  events,
  people,
  revisions,
  texts,
  votes,
  type ChangeRow,
} from '../store/tables';
import { explained } from './explain';
import { iso, summaryOf } from './summary';

/**
 * One change request with everything about it, and what the viewer may do.
 *
 * @param userRef - of the viewer, where they are a person who decides by themselves
 */
export async function changeOf(
  deps: CaseDeps,
  row: ChangeRow,
  userRef: string | undefined,
): Promise<Change> {
  const { db } = deps;
  const [revision] = await select(
    db(revisions.name).where({ change_id: row.id, revision: row.revision }),
    revisions,
  );
  const scored: ScoredRevision | undefined = revision?.scored
    ? JSON.parse(revision.scored)
    : undefined;
  const [cast, timeline] = [
    await votesOf(db, row.id),
    await timelineOf(db, row.id),
  ];
  const isAsked = (STATE_SETS.review as readonly string[]).includes(row.state);
  const requirement =
    scored && isAsked ? await shownRequirement(db, row, scored) : null;
  return {
    ...summaryOf(row, requirement?.lacking),
    asOf: iso(await databaseNow(db)),
    description: revision?.description ?? '',
    window:
      row.window_from === null || row.window_to === null
        ? null
        : { from: iso(row.window_from), to: iso(row.window_to) },
    round: row.round,
    binding:
      isAsked && row.risk_result_hash
        ? {
            revision: row.revision,
            packDigest: row.pack_digest,
            riskResultHash: row.risk_result_hash,
          }
        : null,
    risk: scored ? explained(scored) : null,
    requirement,
    votes: cast,
    timeline,
    involved: (scored?.involved ?? []).map(each => ({
      who:
        each.userRef ??
        each.account?.login ??
        each.email?.replace(/^(.).*@/, '$1…@') ??
        '–',
      duty: each.duty,
      known: each.userRef !== undefined,
    })),
    mine: await mineOf(deps, row, scored, userRef),
  };
}

async function shownRequirement(
  db: Knex,
  row: ChangeRow,
  scored: ScoredRevision,
): Promise<Change['requirement']> {
  const { review, pool, min, atLeast, escalated }: Requirement =
    scored.requirement;
  const live = await select(
    db(votes.name).where({
      change_id: row.id,
      state: 'live',
      round: row.round,
      decision: 'approve',
    }),
    votes,
    'user_ref',
  );
  const known = await select(
    db(people.name).whereIn(
      'user_ref',
      live.map(({ user_ref }) => user_ref),
    ),
    people,
  );
  const members = known
    .map(({ person }) =>
      memberOf(JSON.parse(person) ?? undefined, scored.involved),
    )
    .filter(member => member !== undefined);
  const missing = lacking(
    scored.requirement,
    members,
    scored.ownerGroup ?? undefined,
  );
  return {
    review,
    pool: [...pool],
    min,
    atLeast: atLeast.map(each => ({ ...each })),
    escalated,
    lacking: missing.votes,
  };
}

async function votesOf(db: Knex, changeId: string): Promise<Change['votes']> {
  const rows = await select(
    db(votes.name).where('change_id', changeId).orderBy('at').orderBy('id'),
    votes,
  );
  const said = await textsOf(
    db,
    rows.map(({ event_id }) => event_id),
  );
  return rows.map(row => ({
    id: row.id,
    userRef: row.user_ref,
    round: row.round,
    decision: row.decision,
    revision: row.revision,
    state: row.state,
    why: row.why === null ? null : (JSON.parse(row.why) as Said),
    reason: said.get(row.event_id) ?? null,
    at: iso(row.at),
  }));
}

/** Most entries of a timeline; the whole of it is in the export. */
const LONGEST = 500;

async function timelineOf(
  db: Knex,
  changeId: string,
): Promise<Change['timeline']> {
  const rows = await select(
    db(events.name)
      .where('change_id', changeId)
      .orderBy('seq', 'desc')
      .limit(LONGEST),
    events,
  );
  const said = await textsOf(
    db,
    rows.map(({ event_id }) => event_id),
  );
  return rows.reverse().map(row => ({
    seq: Number(row.seq),
    type: row.type,
    actor: row.actor,
    at: iso(row.at),
    state: row.state,
    text: said.get(row.event_id) ?? null,
  }));
}

async function textsOf(
  db: Knex,
  eventIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await select(
    db(texts.name).whereIn('event_id', [...eventIds]),
    texts,
    'event_id',
    'text',
  );
  return new Map(rows.map(({ event_id, text }) => [event_id, text]));
}

/** What the viewer may do: null may, words say why not. */
async function mineOf(
  deps: CaseDeps,
  row: ChangeRow,
  scored: ScoredRevision | undefined,
  userRef: string | undefined,
): Promise<Change['mine']> {
  const wordsOf = (error: Error | undefined): Said | null => {
    const words = error && wordsOfError(error);
    return words ? { ...words, text: error.message } : null;
  };
  if (userRef === undefined) {
    const nobody = wordsOf(notAllowed('USER_ONLY'));
    return { vote: nobody, edit: nobody, withdraw: nobody, revoke: nobody };
  }
  const { groups } = deps.config;
  let person: DirectoryPerson | undefined;
  try {
    person = await deps.directory.person(userRef);
  } catch (error) {
    deps.logger.warn('A viewer could not be read', { error: String(error) });
    const away = wordsOf(notAllowed('vote.directory'));
    return { vote: away, edit: away, withdraw: away, revoke: away };
  }
  const isIllegal = (event: 'edit' | 'withdraw' | 'revoke') =>
    reduce(row.state, { event, by: 'person' }).kind === 'illegal'
      ? conflict('ILLEGAL_TRANSITION', { state: row.state })
      : undefined;
  const isSubmitter = row.submitter === userRef;
  const isOwner =
    row.owner_ref !== null &&
    (row.owner_ref === userRef || person?.groups.includes(row.owner_ref));
  const { submitter } = row;
  return {
    vote: wordsOf(
      scored
        ? await refusalOf({ tx: deps.db, row }, person, scored, userRef)
        : conflict('vote.not_now', { state: row.state }),
    ),
    edit: wordsOf(
      isIllegal('edit') ??
        (isSubmitter
          ? undefined
          : notAllowed('change.not_submitter', { submitter })),
    ),
    withdraw: wordsOf(
      isIllegal('withdraw') ??
        (isSubmitter || isOwner
          ? undefined
          : notAllowed('change.not_owner', {
              submitter,
              entity: row.entity_ref,
            })),
    ),
    revoke: wordsOf(
      isIllegal('revoke') ??
        (isOnBoard(person, deps)
          ? undefined
          : notAllowed('revoke.not_board', {
              board: groups.board,
              security: groups.security,
            })),
    ),
  };
}
