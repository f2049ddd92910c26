import type { ChangeType } from '../../contract';
import type { CabGroups, Requirement } from '../votes';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long a review may take before others are asked, ms. @public */
export function reviewLimit(type: ChangeType): number {
  return type === 'emergency' ? 30 * MINUTE_MS : 48 * HOUR_MS;
}

/** What a clock does. It never approves. @public */
export type ClockStep =
  /** Those who are asked are reminded. */
  | 'remind'
  /** Others are asked besides. */
  | 'escalate'
  /** It is put off until somebody takes it up again. */
  | 'defer';

/**
 * What is due of a review; one step a look, in their order: a reminder at half time,
 * others at its end, put off after twice. An emergency is never put off: others are
 * reminded of it every time its limit has passed again.
 *
 * @param usedMs - time it has spent in review
 * @param taken - how many steps were taken
 * @public
 */
export function dueStep(
  type: ChangeType,
  usedMs: number,
  taken: number,
): ClockStep | undefined {
  const limit = reviewLimit(type);
  if (taken === 0) return usedMs >= limit / 2 ? 'remind' : undefined;
  if (type === 'emergency') {
    return usedMs >= taken * limit ? 'escalate' : undefined;
  }
  if (taken === 1) return usedMs >= limit ? 'escalate' : undefined;
  return usedMs >= 2 * limit ? 'defer' : undefined;
}

/** When a review reaches its next ends, ms since 1970. @public */
export interface ReviewClock {
  /** When others are asked besides; null where they are already. */
  escalatesAt: number | null;
  /** When it is put off; null for an emergency. */
  defersAt: number | null;
}

/** When the clock of a review that goes on does something. @public */
export function reviewClock(
  type: ChangeType,
  { since, used, taken }: { since: number; used: number; taken: number },
): ReviewClock {
  const limit = reviewLimit(type);
  const begun = since - used;
  const isEmergency = type === 'emergency';
  return {
    escalatesAt: taken <= 1 ? begun + limit : null,
    defersAt: isEmergency ? null : begun + 2 * limit,
  };
}

/**
 * Who is asked when a review takes too long: the same, and others besides. What is
 * needed stays what it is.
 * @public
 */
export function lateRequirement(
  requirement: Requirement,
  { board, escalation }: CabGroups,
): Requirement {
  const isPeer = requirement.review === 'peer_review';
  const more = isPeer ? [board] : [board, escalation];
  const pool = new Set(requirement.pool);
  for (const group of more) if (group !== undefined) pool.add(group);
  return { ...requirement, pool: [...pool], escalated: true };
}
