import type { ChangeType, RiskRoute } from '../../contract';

/** Somebody who is no transitive member of the owning group. @public */
export const OUTSIDE = 'outside';

/** How many votes, and from whom, approve. @public */
export interface Quorum {
  /** Votes of different people. */
  min: number;
  /** Of them at least so many of a group, or {@link OUTSIDE}. One vote may fill several. */
  atLeast: ReadonlyArray<{ group: string; n: number }>;
}

/** Who may vote, and how many are needed. @public */
export interface Requirement extends Quorum {
  /** Groups whose members may vote. */
  pool: readonly string[];
  /** Which review it is. */
  review: 'peer_review' | 'board_review';
  /** It had to be asked of others than usual. */
  escalated: boolean;
}

/** The groups of an installation, as entity refs. @public */
export interface CabGroups {
  /** Decides above 50. */
  board: string;
  /** Decides emergencies; the board when left out. */
  emergency?: string;
  /** Has a say in what is riskiest. */
  security: string;
  /** Reads evidence and the whole record. */
  auditors?: string;
  /** Is asked when nobody else is left. */
  escalation?: string;
}

/** What decides who has to approve. @public */
export interface RoutedChange {
  /** By the risk. */
  route: RiskRoute;
  /** The kind of change request. */
  type: ChangeType;
  /** Group that owns the entity; undefined when it is a person, or nobody. */
  owner: string | undefined;
}

/** Who has to approve a change request that nobody may approve automatically. @public */
export function requirementOf(
  { route, type, owner }: RoutedChange,
  groups: CabGroups,
): Requirement {
  const { board, security } = groups;
  const outside = { group: OUTSIDE, n: 1 };
  const ofSecurity = { group: security, n: 1 };
  if (type === 'emergency') {
    const pool = [groups.emergency ?? board];
    return route === 'board-major'
      ? {
          review: 'board_review',
          pool,
          min: 2,
          atLeast: [ofSecurity],
          escalated: false,
        }
      : { review: 'board_review', pool, min: 1, atLeast: [], escalated: false };
  }
  const onBoard = {
    review: 'board_review',
    pool: [board],
    escalated: false,
  } as const;
  if (type === 'policy') {
    return { ...onBoard, min: 2, atLeast: [outside] };
  }
  if (route === 'board-major') {
    return { ...onBoard, min: 3, atLeast: [outside, ofSecurity] };
  }
  if (route === 'board') return { ...onBoard, min: 2, atLeast: [outside] };
  if (owner === undefined) {
    // Nobody is left to ask but the board; one of them is as much as a peer.
    return { ...onBoard, min: 1, atLeast: [], escalated: true };
  }
  return {
    review: 'peer_review',
    pool: [owner],
    min: 1,
    atLeast: [],
    escalated: false,
  };
}

/** Asks others, when those who were asked are too few. Never fewer than before. @public */
export function escalate(
  requirement: Requirement,
  groups: CabGroups,
): Requirement {
  if (requirement.review === 'peer_review') {
    const { min, atLeast } = requirement;
    return {
      review: 'board_review',
      pool: [groups.board],
      min,
      atLeast,
      escalated: true,
    };
  }
  if (groups.escalation === undefined)
    return { ...requirement, escalated: true };
  const pool = [...new Set([...requirement.pool, groups.escalation])];
  return { ...requirement, pool, escalated: true };
}

/**
 * Refuses a quorum that approves by nobody's vote.
 *
 * @throws RangeError saying what is wrong with it
 * @public
 */
export function checkQuorum({ min, atLeast }: Quorum): void {
  const counts = [min, ...atLeast.map(({ n }) => n)];
  if (counts.some(count => !Number.isSafeInteger(count) || count < 1)) {
    throw new RangeError('A quorum counts in whole votes, from 1');
  }
}
