import {
  STATE_SETS,
  type Binding,
  type VoteBody,
} from '@fawkes/backstage-plugin-cab-common';
import {
  approvals,
  castVote,
  exclusionOf,
  isInPool,
  quorumMet,
  type Ballot,
} from '@fawkes/backstage-plugin-cab-common/rules';
import { AwayError } from '@fawkes/kit-backend/http';
import { insertRows, select } from '@fawkes/kit-backend/sql';
import type { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { delegatedRefusal } from '../delegations/voting';
import type { DirectoryPerson } from '../people/directory';
import { databaseNow } from '../store/database';
import { recusals, votes, type ChangeRow, type VoteRow } from '../store/tables';
import type { CaseDeps, Doer } from './deps';
import { inChange, type Moving } from './moving';
import { keepPerson, knownVoters, memberOf, withFreshVoters } from './people';
import { conflict, missing, notAllowed } from './refusals';
import { escalateIfTooFew } from './escalating';
import { expiryOf } from './life';
import type { ScoredRevision } from './scored';
import { scoredOf } from './scoredOf';
import { bindingOf, liveVotes, voidVotes } from './voiding';

const isReview = ({ state }: ChangeRow) =>
  (STATE_SETS.review as readonly string[]).includes(state);

/** Approves or rejects what somebody looked at. */
export async function castVoteOn(
  deps: CaseDeps,
  id: string,
  { decision, reason, onBehalfOf, ...binding }: VoteBody,
  doer: Doer,
): Promise<void> {
  if (onBehalfOf === doer.actor) throw missing('delegation.self');
  const whose = onBehalfOf ?? doer.actor;
  const isDelegated = onBehalfOf !== undefined;
  const from = isDelegated ? await freshPerson(deps, whose) : undefined;
  await asVoter(deps, id, doer, async (moving, person) => {
    const { row } = moving;
    const scored = await scoredOf(moving.tx, row);
    // Whoever looked at something else is told so, whatever they may do.
    const ballot = ballotOf(row);
    const live = await liveVotes(moving);
    const cast = castVote(ballot, live.map(asVote), {
      userRef: whose,
      decision,
      binding,
    });
    if (cast.kind === 'changed') {
      throw conflict('EVIDENCE_CHANGED', { ...ballot.binding });
    }
    const refused = await refusalOf(moving, person, scored, doer.actor);
    if (refused) throw refused;
    const notTheirs = isDelegated
      ? await delegatedRefusal(deps, moving.tx, person, {
          userRef: whose,
          person: from,
          refused: await refusalOf(moving, from, scored, whose),
        })
      : undefined;
    if (notTheirs) throw notTheirs;
    if (cast.kind === 'taken') throw conflict('vote.taken');
    if (cast.kind === 'same') return;
    if (isDelegated) {
      moving.raise({
        event: 'delegate',
        holds: { areBothOnBoard: true },
        data: { delegator: whose, delegate: doer.actor },
      });
    }
    const eventId = moving.raise({
      event: decision === 'approve' ? 'vote_approve' : 'vote_reject',
      holds: {
        isEligible: true,
        hasReason: reason !== undefined || missing('vote.reason'),
      },
      data: {
        decision,
        ...binding,
        round: row.round,
        groups: (from ?? person).groups,
        ...(isDelegated && { onBehalfOf: whose }),
        policyHash: deps.config.policyHash,
      },
      ...(reason !== undefined && { text: reason }),
    })!;
    await insertRows(moving.tx, votes, [
      voteRowOf(row, {
        decision,
        binding,
        eventId,
        by: whose,
        castBy: isDelegated ? doer.actor : null,
        at: moving.now,
      }),
    ]);
    if (decision === 'approve') await approveIfMet(deps, moving, scored);
  });
}

/** Takes one's own vote back, while nothing is decided. */
export async function withdrawVote(
  deps: CaseDeps,
  id: string,
  doer: Doer,
): Promise<void> {
  await inChange(deps, id, doer, async moving => {
    const own = (await liveVotes(moving)).find(
      ({ user_ref }) => user_ref === doer.actor,
    );
    moving.raise({
      event: 'vote_withdrawn',
      holds: {
        isOwnVote: own ? true : conflict('vote.none'),
        isBeforeQuorum: true,
      },
      data: { voteId: own?.id ?? null, round: moving.row.round },
    });
    await voidVotes(moving, { code: 'void.withdrawn' }, [own!.id]);
  });
}

/** Steps back from deciding it, for good. */
export async function recuse(
  deps: CaseDeps,
  id: string,
  { reason }: { reason: string },
  doer: Doer,
): Promise<void> {
  await asVoter(deps, id, doer, async (moving, person) => {
    const scored = await scoredOf(moving.tx, moving.row);
    const refused = await refusalOf(moving, person, scored, doer.actor);
    moving.raise({
      event: 'recuse',
      holds: { isEligible: refused ?? true },
      text: reason,
    });
    const own = (await liveVotes(moving)).find(
      ({ user_ref }) => user_ref === doer.actor,
    );
    if (own) await voidVotes(moving, { code: 'void.withdrawn' }, [own.id]);
    await insertRows(
      moving.tx,
      recusals,
      [{ change_id: id, user_ref: doer.actor, at: moving.now }],
      'keep',
    );
  });
  await escalateIfTooFew(deps, id, doer);
}

/** Sends it back, saying what has to change. */
export async function requestChanges(
  deps: CaseDeps,
  id: string,
  { reason }: { reason: string },
  doer: Doer,
): Promise<void> {
  await asVoter(deps, id, doer, async (moving, person) => {
    const scored = await scoredOf(moving.tx, moving.row);
    const refused = await refusalOf(moving, person, scored, doer.actor);
    moving.raise({
      event: 'request_changes',
      holds: { isEligible: refused ?? true, hasReason: true },
      text: reason,
    });
    await voidVotes(moving, { code: 'void.round' });
  });
}

/** Why somebody may not decide it now; undefined when they may. */
export async function refusalOf(
  { tx, row }: { tx: Knex; row: ChangeRow },
  person: DirectoryPerson | undefined,
  scored: ScoredRevision,
  userRef: string,
): Promise<Error | undefined> {
  if (!isReview(row)) {
    return (STATE_SETS.open as readonly string[]).includes(row.state)
      ? conflict('vote.after')
      : conflict('vote.not_now', { state: row.state });
  }
  const { requirement } = scored;
  const asked = { pool: requirement.pool.join(', ') };
  if (!person) return notAllowed('vote.not_asked', asked);
  const excluded = exclusionOf(person, scored.involved);
  if (excluded) return notAllowed(`vote.excluded.${excluded.duty}`);
  if (!isInPool(person, requirement))
    return notAllowed('vote.not_asked', asked);
  if (person.accounts.length === 0) return notAllowed('LINK_ACCOUNT');
  const [stepped] = await select(
    tx(recusals.name).where({ change_id: row.id, user_ref: userRef }),
    recusals,
  );
  return stepped ? notAllowed('vote.recused') : undefined;
}

/** Approves it, when the votes are enough. */
async function approveIfMet(
  deps: CaseDeps,
  moving: Moving,
  scored: ScoredRevision,
): Promise<void> {
  const { row, tx, now } = moving;
  const counting = await countingVotes(
    row,
    scored,
    await liveVotes(moving),
    userRefs => knownVoters(tx, userRefs, now),
  );
  const owner = scored.ownerGroup ?? undefined;
  if (!quorumMet(scored.requirement, counting, owner)) return;
  row.expires_at = expiryOf(row, scored, now);
  moving.raise({
    event: 'quorum_met',
    by: 'engine',
    holds: { isQuorumMet: true },
    data: {
      voters: counting.map(({ userRef }) => userRef).sort(),
      expiresAt: row.expires_at,
      riskResultHash: row.risk_result_hash,
      packDigest: row.pack_digest,
      policyHash: deps.config.policyHash,
    },
  });
}

/**
 * Those whose approval counts: live, bound, still asked, of no author side.
 *
 * @param votersOf - who people are; throws StaleVoters for those it does not know
 */
export async function countingVotes(
  row: ChangeRow,
  scored: ScoredRevision,
  live: readonly VoteRow[],
  votersOf: (
    userRefs: readonly string[],
  ) => Promise<Map<string, DirectoryPerson>> | Map<string, DirectoryPerson>,
) {
  const approving = live.filter(({ decision }) => decision === 'approve');
  const voters = await votersOf([...new Set(approving.flatMap(peopleOf))]);
  const decidingNow = (userRef: string) =>
    memberOf(voters.get(userRef), scored.involved);
  // What somebody casts for another counts while both could decide.
  const own = approving.filter(({ cast_by }) => {
    const caster = cast_by === null ? undefined : decidingNow(cast_by);
    return cast_by === null || (caster && isInPool(caster, scored.requirement));
  });
  return approvals(
    ballotOf(row),
    own.map(asVote),
    scored.requirement,
    decidingNow,
  );
}

/** Whose a vote is, and who cast it. */
export function peopleOf({
  user_ref,
  cast_by,
}: Pick<VoteRow, 'user_ref' | 'cast_by'>): string[] {
  return cast_by === null ? [user_ref] : [user_ref, cast_by];
}

/** Who somebody is, read and kept; 503 where the catalog does not say. */
async function freshPerson(
  deps: CaseDeps,
  userRef: string,
): Promise<DirectoryPerson | undefined> {
  try {
    const person = await deps.directory.person(userRef);
    await keepPerson(deps.db, userRef, person, await databaseNow(deps.db));
    return person;
  } catch (error) {
    deps.logger.warn('A voter could not be read', { error: String(error) });
    throw catalogAway();
  }
}

/**
 * Does something as somebody who votes: who they are is read from the catalog at
 * that moment, and not from their token.
 */
async function asVoter(
  deps: CaseDeps,
  id: string,
  doer: Doer,
  work: (moving: Moving, person: DirectoryPerson) => Promise<void>,
): Promise<void> {
  const now = () => databaseNow(deps.db);
  const person = await freshPerson(deps, doer.actor);
  if (!person) throw notAllowed('LINK_ACCOUNT');
  const known = person;
  await withFreshVoters(deps, now, () =>
    inChange(deps, id, doer, moving => work(moving, known)),
  );
}

/** 503: nobody can tell who somebody is. */
export function catalogAway(): Error {
  return new AwayError(
    'The catalog cannot be asked who you are at the moment; try again in a few seconds',
  );
}

function ballotOf(row: ChangeRow): Ballot {
  return {
    round: row.round,
    binding: {
      revision: row.revision,
      packDigest: row.pack_digest,
      riskResultHash: row.risk_result_hash ?? '',
    },
  };
}

function asVote(row: VoteRow) {
  const { round, decision, state } = row;
  return {
    userRef: row.user_ref,
    round,
    decision,
    state,
    binding: bindingOf(row),
  };
}

function voteRowOf(
  row: ChangeRow,
  vote: {
    decision: VoteRow['decision'];
    binding: Binding;
    eventId: string;
    by: string;
    castBy: string | null;
    at: number;
  },
) {
  return {
    id: uuid(),
    change_id: row.id,
    user_ref: vote.by,
    round: row.round,
    decision: vote.decision,
    revision: vote.binding.revision,
    pack_digest: vote.binding.packDigest,
    risk_result_hash: vote.binding.riskResultHash,
    state: 'live' as const,
    why: null,
    event_id: vote.eventId,
    at: vote.at,
    live_key: `${row.id} ${row.round} ${vote.by}`,
    cast_by: vote.castBy,
  };
}
