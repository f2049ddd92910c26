import { OUTSIDE, type Quorum, type Requirement } from './requirement';

/** Somebody who may vote or did, with the groups they are in. @public */
export interface Member {
  /** Entity ref, lower case. */
  userRef: string;
  /** Every group they are in, transitively. */
  groups: readonly string[];
}

/** Whether somebody belongs to those who are asked. @public */
export function isInPool(
  { groups }: Member,
  { pool }: Pick<Requirement, 'pool'>,
): boolean {
  return pool.some(group => groups.includes(group));
}

/** Whether votes are enough: each person once, each group filled. @public */
export function quorumMet(
  quorum: Quorum,
  voters: readonly Member[],
  owner: string | undefined,
): boolean {
  return lacking(quorum, voters, owner).votes === 0;
}

/** What is missing of a quorum. @public */
export interface Lacking {
  /** Further votes at least. */
  votes: number;
  /** Of them at least so many of a group, or of those outside. */
  atLeast: Array<{ group: string; n: number }>;
}

/** How many votes are missing, and from whom. @public */
export function lacking(
  { min, atLeast }: Quorum,
  voters: readonly Member[],
  owner: string | undefined,
): Lacking {
  const people = [
    ...new Map(voters.map(each => [each.userRef, each])).values(),
  ];
  const open = atLeast
    .map(({ group, n }) => ({
      group,
      n: n - people.filter(each => fills(each, group, owner)).length,
    }))
    .filter(({ n }) => n > 0);
  // One vote may fill several places, so the largest hole decides.
  const holes = Math.max(0, ...open.map(({ n }) => n));
  return { votes: Math.max(min - people.length, holes, 0), atLeast: open };
}

/**
 * Whether a quorum cannot come about, even if everybody who is left approves.
 *
 * @param left - those who may vote and did not, and those whose vote counts
 * @public
 */
export function quorumImpossible(
  quorum: Quorum,
  left: readonly Member[],
  owner: string | undefined,
): boolean {
  return !quorumMet(quorum, left, owner);
}

function fills(
  { groups }: Member,
  group: string,
  owner: string | undefined,
): boolean {
  return group === OUTSIDE
    ? owner === undefined || !groups.includes(owner)
    : groups.includes(group);
}
