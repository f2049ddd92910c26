import {
  say,
  STATE_SETS,
  type Change,
} from '@fawkes/backstage-plugin-cab-common';
import {
  lacking,
  missingEvidence,
  reduce,
  reviewClock,
  type Requirement,
} from '@fawkes/backstage-plugin-cab-common/rules';
import type { Said } from '@fawkes/kit-contract';
import { select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import type { CaseDeps } from '../cases/deps';
import { refusalOf } from '../cases/deciding';
import { isOnBoard } from '../cases/ending';
import { memberOf } from '../cases/people';
import { reviewRefusal } from '../cases/reviewing';
import { conflict, notAllowed, wordsOfRefusal } from '../cases/refusals';
import { exceptionsOf, type ScoredRevision } from '../cases/scored';
import { incomplete, refusedIn } from '../cases/asking';
import { isIn, packStatesOf, type PieceState } from '../evidence/pack';
import { voteForOf } from '../delegations/voteFor';
import { mineOfException } from '../exceptions/deciding';
import { readExceptions, shownExceptions } from '../exceptions/row';
import { outlookOf } from '../gate/outlook';
import type { DirectoryPerson } from '../people/directory';
import { databaseNow } from '../store/database';
import {
  events,
  evidence,
  people,
  revisions,
  texts,
  votes,
  type ChangeRow,
  type ExceptionRow,
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
  const pack = await packStatesOf(db, row);
  const isAsked = (STATE_SETS.review as readonly string[]).includes(row.state);
  const requirement =
    scored && isAsked ? await shownRequirement(db, row, scored) : null;
  const now = await databaseNow(db);
  const used = await exceptionsIn(db, row);
  const viewer = await viewerOf(deps, userRef);
  return {
    ...summaryOf(row, requirement?.lacking),
    asOf: iso(now),
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
    clock: clockOf(row),
    automatic: saidOfAutomatic(scored),
    missingEvidence: missingEvidence(row.environment_class, pack),
    exceptions: await shownExceptions(
      db,
      used,
      now,
      mineOfException(
        deps,
        now,
        userRef,
        viewer === 'away' ? undefined : viewer,
      ),
    ),
    gate: outlookOf(
      deps.config,
      row,
      scored,
      used.filter(({ id }) => scored && exceptionsOf(scored).includes(id)),
      now,
    ),
    votes: cast,
    timeline,
    involved: involvedOf(scored),
    mine: await mineOf(deps, row, scored, pack, userRef, viewer),
  };
}

/** The exceptions a revision makes use of. */
async function exceptionsIn(
  db: Knex,
  { id, revision }: ChangeRow,
): Promise<ExceptionRow[]> {
  const rows = await select(
    db(evidence.name).where('change_id', id).whereNotNull('exception_id'),
    evidence,
    'exception_id',
    'from_revision',
    'to_revision',
  );
  return readExceptions(
    db,
    rows
      .filter(piece => isIn(piece, revision))
      .map(({ exception_id }) => exception_id!),
  );
}

/** When its review reaches its ends. */
function clockOf(row: ChangeRow): Change['clock'] {
  if (row.review_since === null) return null;
  const { escalatesAt, defersAt } = reviewClock(row.type, {
    since: row.review_since,
    used: row.review_used,
    taken: row.clock_step,
  });
  return {
    escalatesAt: escalatesAt === null ? null : iso(escalatesAt),
    defersAt: defersAt === null ? null : iso(defersAt),
  };
}

/** What there is to say where the risk needs nobody. */
function saidOfAutomatic(scored: ScoredRevision | undefined): Said | null {
  const { automatic, result } = scored ?? {};
  if (!automatic || result?.route !== 'automatic') return null;
  if ('reviewers' in automatic) {
    const reviewers = automatic.reviewers.join(', ');
    return say('automatic.approved', { reviewers });
  }
  const { not } = automatic;
  return not === 'type' || not === 'risk' ? null : say(`automatic.not.${not}`);
}

/** The author side, each with what they did, once. */
function involvedOf(scored: ScoredRevision | undefined): Change['involved'] {
  const shown = (scored?.involved ?? []).map(each => ({
    who:
      each.userRef ??
      each.account?.login ??
      each.email?.replace(/^(.).*@/, '$1…@') ??
      '–',
    duty: each.duty,
    known: each.userRef !== undefined,
  }));
  return [
    ...new Map(shown.map(each => [`${each.duty} ${each.who}`, each])).values(),
  ];
}

/** Who is asked, and how many votes are missing. */
export async function shownRequirement(
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
    castBy: row.cast_by,
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

/** Who is looking, as the catalog says. */
async function viewerOf(
  { directory, logger }: CaseDeps,
  userRef: string | undefined,
): Promise<DirectoryPerson | 'away' | undefined> {
  if (userRef === undefined) return undefined;
  try {
    return await directory.person(userRef);
  } catch (error) {
    logger.warn('A viewer could not be read', { error: String(error) });
    return 'away';
  }
}

/** What the viewer may do: null may, words say why not. */
async function mineOf(
  deps: CaseDeps,
  row: ChangeRow,
  scored: ScoredRevision | undefined,
  pack: readonly PieceState[],
  userRef: string | undefined,
  viewer: DirectoryPerson | 'away' | undefined,
): Promise<Change['mine']> {
  if (userRef === undefined) {
    const nobody = wordsOfRefusal(notAllowed('USER_ONLY'));
    return allOf(nobody);
  }
  const { groups } = deps.config;
  if (viewer === 'away') {
    return allOf(wordsOfRefusal(notAllowed('vote.directory')));
  }
  const person = viewer;
  const isIllegal = (event: 'submit' | 'edit' | 'withdraw' | 'revoke') =>
    reduce(row.state, { event, by: 'person' }).kind === 'illegal'
      ? conflict('ILLEGAL_TRANSITION', { state: row.state })
      : undefined;
  const isSubmitter = row.submitter === userRef;
  const isOwner =
    row.owner_ref !== null &&
    (row.owner_ref === userRef || person?.groups.includes(row.owner_ref));
  const { submitter } = row;
  const notTheirs = isSubmitter
    ? undefined
    : notAllowed('change.not_submitter', { submitter });
  const lacksEvidence =
    missingEvidence(row.environment_class, pack).length > 0
      ? incomplete(row, pack)
      : refusedIn(pack);
  return {
    vote: wordsOfRefusal(
      scored
        ? await refusalOf({ tx: deps.db, row }, person, scored, userRef)
        : conflict('vote.not_now', { state: row.state }),
    ),
    voteFor:
      scored && person
        ? await voteForOf(deps, { tx: deps.db, row }, scored, person)
        : [],
    submit: wordsOfRefusal(isIllegal('submit') ?? notTheirs ?? lacksEvidence),
    edit: wordsOfRefusal(isIllegal('edit') ?? notTheirs),
    withdraw: wordsOfRefusal(
      isIllegal('withdraw') ??
        (isSubmitter || isOwner
          ? undefined
          : notAllowed('change.not_owner', {
              submitter,
              entity: row.entity_ref,
            })),
    ),
    revoke: wordsOfRefusal(
      isIllegal('revoke') ??
        (isOnBoard(person, deps)
          ? undefined
          : notAllowed('revoke.not_board', {
              board: groups.board,
              security: groups.security,
            })),
    ),
    review: wordsOfRefusal(
      reviewRefusal(
        deps.config,
        row,
        { userRef, person },
        scored?.involved ?? [],
      ),
    ),
  };
}

/** Nothing may be done, for one reason. */
function allOf(why: Said | null): Change['mine'] {
  return {
    vote: why,
    voteFor: [],
    submit: why,
    edit: why,
    withdraw: why,
    revoke: why,
    review: why,
  };
}
