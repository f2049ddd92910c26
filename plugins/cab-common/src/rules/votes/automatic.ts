import type { ChangeType, RiskResult } from '../../contract';

/** Why the policy approves nothing by itself. @public */
export const NOT_AUTOMATIC = [
  'type',
  'risk',
  'unknown',
  'authors',
  'owner',
  'review',
] as const;
/** One of {@link NOT_AUTOMATIC}. @public */
export type NotAutomatic = (typeof NOT_AUTOMATIC)[number];

/** Everything that decides whether anybody is asked. @public */
export interface AutomaticQuestion {
  /** The kind of change request. */
  type: ChangeType;
  /** How it was scored. */
  result: Pick<RiskResult, 'route' | 'score' | 'missing' | 'floors'>;
  /** Sources that should have known and did not answer. */
  unreadable: readonly string[];
  /** A Git provider said who wrote it, and each of them is somebody of the catalog. */
  authorsKnown: boolean;
  /** Group that owns the entity; undefined when it is a person, or nobody. */
  owner: string | undefined;
  /** Whose review of the code counts. */
  reviewers: readonly string[];
}

/** Highest score that needs nobody, milli-points. */
const HIGHEST = 25_000;

/**
 * Why a person has to look at a change request; undefined where the policy approves
 * it by itself. Whatever is unknown asks for a person: the score alone would let a
 * small unknown pass.
 * @public
 */
export function whyNotAutomatic({
  type,
  result,
  unreadable,
  authorsKnown,
  owner,
  reviewers,
}: AutomaticQuestion): NotAutomatic | undefined {
  if (type !== 'normal') return 'type';
  const isLow = result.route === 'automatic' && result.score <= HIGHEST;
  if (!isLow || result.floors.length > 0) return 'risk';
  if (result.missing.length > 0 || unreadable.length > 0) return 'unknown';
  if (!authorsKnown) return 'authors';
  if (owner === undefined) return 'owner';
  return reviewers.length === 0 ? 'review' : undefined;
}
