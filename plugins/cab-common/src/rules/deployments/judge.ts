import type { Participation } from './participation';

/** How long a start may come after its allow has ended, ms. @public */
export const START_GRACE_MS = 3_600_000;
/** How long a digest that was allowed is what one goes back to, ms. @public */
export const BACK_MS = 30 * 86_400_000;

/** A leave that a pipeline was given. @public */
export interface GivenAllow {
  /** When, ms since 1970. */
  at: number;
  /** Until when a run could start. */
  expiresAt: number;
  /** When it was taken back; null for not. */
  cancelledAt: number | null;
}

/** A deployment that happened, with what is known here. @public */
export interface SeenDeployment {
  /** How far change approval goes for its entity. */
  participation: Participation;
  /** Its environment counts as production. */
  isProduction: boolean;
  /** Told by a source that is for trying things out. */
  isSandbox: boolean;
  /** When it started; null where nobody says. */
  startedAt: number | null;
  /** When it was heard of here first. */
  seenAt: number;
  /** When this record began; null while it is empty. */
  recordBegan: number | null;
  /** The leaves given for this entity, environment and commit or digest. */
  allows: readonly GivenAllow[];
  /** How long news may come in another order than it happened, ms. */
  graceMs: number;
  /** A change there failed, and this was allowed there within 30 days before. */
  isWayBack: boolean;
}

/**
 * What a deployment was to change approval: `free` where nothing is asked, `observed`
 * where it is only counted, `allowed`, `waiting` for news that may still come, or
 * `unauthorized`.
 * @public
 */
export type DeploymentVerdict =
  | 'free'
  | 'observed'
  | 'allowed'
  | 'waiting'
  | 'unauthorized';

/** Whether a run could start by a leave at an instant. @public */
export function coversStart(
  { at, expiresAt, cancelledAt }: GivenAllow,
  startedAt: number,
): boolean {
  const isTaken = cancelledAt !== null && cancelledAt <= startedAt;
  return !isTaken && startedAt >= at && startedAt <= expiresAt + START_GRACE_MS;
}

/** Judges a deployment that happened. @public */
export function judgeDeployment(
  seen: SeenDeployment,
  now: number,
): DeploymentVerdict {
  const { participation, recordBegan, seenAt } = seen;
  // A start nobody tells of is as late as possible.
  const startedAt = seen.startedAt ?? seenAt;
  const isBefore = recordBegan === null || startedAt < recordBegan;
  if (participation === 'off' || seen.isSandbox || isBefore) return 'free';
  if (seen.allows.some(allow => coversStart(allow, startedAt))) {
    return 'allowed';
  }
  if (!seen.isProduction) return 'free';
  if (participation === 'observe') return 'observed';
  if (seen.isWayBack) return 'allowed';
  return now < seenAt + seen.graceMs ? 'waiting' : 'unauthorized';
}
