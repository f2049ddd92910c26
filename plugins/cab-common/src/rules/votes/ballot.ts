import {
  DELEGATION_DAYS,
  type Binding,
  type Decision,
  type VoteState,
} from '../../contract';
import { isInPool, type Member } from './quorum';
import type { Requirement } from './requirement';

/** A vote as it was cast. @public */
export interface Vote {
  /** Whose it is. */
  userRef: string;
  /** The round it was cast in. */
  round: number;
  /** What it says. */
  decision: Decision;
  /** What it is about. */
  binding: Binding;
  /** Whether it still counts. */
  state: VoteState;
}

/** What votes are cast on. @public */
export interface Ballot {
  /** The round that is open. */
  round: number;
  /** What is to be decided. */
  binding: Binding;
}

/** What becomes of a vote that is cast. @public */
export type Cast =
  /** It is new, and counts. */
  | { kind: 'stored' }
  /** It was cast before, and is not stored twice. */
  | { kind: 'same' }
  /** Another one of the same person stands in the way. */
  | { kind: 'taken' }
  /** It is about something that is no longer asked. */
  | { kind: 'changed' };

/** Whether two bindings are one. @public */
export function sameBinding(a: Binding, b: Binding): boolean {
  return (
    a.revision === b.revision &&
    a.packDigest === b.packDigest &&
    a.riskResultHash === b.riskResultHash
  );
}

/** Tries a vote against those that are there. @public */
export function castVote(
  ballot: Ballot,
  votes: readonly Vote[],
  vote: Pick<Vote, 'userRef' | 'decision' | 'binding'>,
): Cast {
  if (!sameBinding(vote.binding, ballot.binding)) return { kind: 'changed' };
  const own = votes.find(
    each => isLive(each, ballot) && each.userRef === vote.userRef,
  );
  if (!own) return { kind: 'stored' };
  return { kind: own.decision === vote.decision ? 'same' : 'taken' };
}

/** Whether a vote is of this round and of what is asked, and was not taken back. @public */
export function isLive(vote: Vote, { round, binding }: Ballot): boolean {
  return (
    vote.state === 'live' &&
    vote.round === round &&
    sameBinding(vote.binding, binding)
  );
}

/**
 * The votes that approve: live, bound, of people who belong to those who are
 * asked and may decide, each once.
 *
 * @param memberOf - who somebody is now; undefined when they may not decide
 * @public
 */
export function approvals<V extends Vote>(
  ballot: Ballot,
  votes: readonly V[],
  requirement: Pick<Requirement, 'pool'>,
  memberOf: (userRef: string) => Member | undefined,
): Member[] {
  const found = new Map<string, Member>();
  for (const vote of votes) {
    if (vote.decision !== 'approve' || !isLive(vote, ballot)) continue;
    const member = memberOf(vote.userRef);
    if (member && isInPool(member, requirement)) {
      found.set(vote.userRef, member);
    }
  }
  return [...found.values()];
}

/** A vote that somebody casts for another. @public */
export interface Delegation {
  /** Whose vote it is. */
  from: string;
  /** Who casts it. */
  to: string;
  /** First instant it is valid, ms. */
  startsAt: number;
  /** First instant it is no longer, ms. */
  endsAt: number;
}

/**
 * Why a vote may not be cast for another: too long, not now, to oneself, a
 * chain, or one of the two may not decide themselves.
 *
 * @param mayDecide - whether somebody is on the board and not of the author side
 * @public
 */
export function delegationRefused(
  delegation: Delegation,
  all: readonly Delegation[],
  now: number,
  mayDecide: (userRef: string) => boolean,
): 'self' | 'long' | 'not_now' | 'chain' | 'from' | 'to' | undefined {
  const { from, to, startsAt, endsAt } = delegation;
  if (from === to) return 'self';
  if (endsAt - startsAt > DELEGATION_DAYS * 86_400_000) return 'long';
  if (now < startsAt || now >= endsAt) return 'not_now';
  const valid = all.filter(each => now >= each.startsAt && now < each.endsAt);
  if (valid.some(each => each.to === from || each.from === to)) return 'chain';
  if (!mayDecide(from)) return 'from';
  return mayDecide(to) ? undefined : 'to';
}

/**
 * What is wrong with the time of a delegation; undefined for nothing.
 * @public
 */
export function delegationFault(
  { startsAt, endsAt }: Pick<Delegation, 'startsAt' | 'endsAt'>,
  now: number,
): 'order' | 'long' | undefined {
  if (!(startsAt < endsAt) || endsAt <= now) return 'order';
  return endsAt - startsAt > DELEGATION_DAYS * 86_400_000 ? 'long' : undefined;
}

/** Whether two delegations are in force at some same instant. @public */
export function delegationsOverlap(
  a: Pick<Delegation, 'startsAt' | 'endsAt'>,
  b: Pick<Delegation, 'startsAt' | 'endsAt'>,
): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}
