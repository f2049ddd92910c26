import { STAGES, type Stage } from '../contract';
import { secondsBetween } from './durations';
import type { StageInstants } from './rows';

/** Whole seconds per stage. @public */
export type StageSeconds = Record<Stage, number>;

/** No time in any stage: where a sum begins. @public */
export function noStageSeconds(): StageSeconds {
  return { coding: 0, pickup: 0, review: 0, merge: 0, deploy: 0 };
}

/**
 * Splits one change's lead time into the stages it passed. A stage begins at
 * its own instant and lasts until the next known one; what is unknown takes no
 * time and leaves it to the stage before. Instants out of order are moved
 * forward, so that **the stages add up to the lead time exactly**.
 *
 * Without a pull request nothing tells coding from waiting: all of it is
 * `deploy`, the way from the commit into production.
 *
 * @param start - start of the lead time, ms
 * @param deployedAt - finish of the deployment, ms
 * @public
 */
export function stagesOf(
  start: number,
  instants: Partial<StageInstants>,
  deployedAt: number,
): StageSeconds {
  const begin = instants.readyAt ?? instants.openedAt ?? null;
  const merged = instants.mergedAt ?? null;
  const seconds = noStageSeconds();
  const end = Math.max(start, deployedAt);
  if (begin === null && merged === null) {
    seconds.deploy = secondsBetween(start, end);
    return seconds;
  }

  const begins: Record<Stage, number | null> = {
    coding: start,
    pickup: begin,
    review: instants.firstReviewAt ?? null,
    merge: instants.approvedAt ?? null,
    deploy: merged,
  };
  let stage: Stage = 'coding';
  let since = 0;
  for (const next of STAGES) {
    const at = begins[next];
    if (at !== null) {
      const offset = secondsBetween(start, Math.min(at, end));
      const until = Math.max(since, offset);
      seconds[stage] += until - since;
      stage = next;
      since = until;
    }
  }
  seconds[stage] += secondsBetween(start, end) - since;
  return seconds;
}
