import { STATE_SETS } from '@fawkes/backstage-plugin-cab-common';
import { START_GRACE_MS } from '@fawkes/backstage-plugin-cab-common/rules';
import { select } from '@fawkes/kit-backend/sql';
import { allows, type ChangeRow } from '../store/tables';
import type { Doer } from './deps';
import { Moving } from './moving';

/** A start that somebody tells of. */
export interface Start {
  /** When, ms; no later than now. */
  at: number;
  /** The run; any that has leave when left out. */
  runUrl?: string;
  stage?: string;
}

/** How a run ended. */
export type RunOutcome = 'succeeded' | 'failed';

const isOf = (set: readonly string[], { state }: ChangeRow) =>
  set.includes(state);

/**
 * Takes down that a run has started, and spends its leave. Told twice it is the same
 * start: by the pipeline and by delivery, say.
 *
 * @returns whether it had leave
 */
export async function startRun(
  moving: Moving,
  { at, runUrl, stage }: Start,
): Promise<boolean> {
  const { tx, row } = moving;
  const query = tx(allows.name)
    .where('change_id', row.id)
    .where('at', '<=', at)
    .where('expires_at', '>=', at - START_GRACE_MS)
    .orderBy('at');
  if (runUrl !== undefined) query.where({ run_url: runUrl });
  if (stage !== undefined) query.where({ stage });
  const given = await select(query, allows);
  // A run that has started needs no other leave, and what it left open was taken back.
  if (given.some(({ spent_at }) => spent_at !== null)) return true;
  const live = given.filter(
    ({ cancelled_at }) => cancelled_at === null || cancelled_at > at,
  );
  const [allow] = live;
  if (!allow) return false;
  const told = moving.raise({
    event: 'deploy_started',
    by: 'plane',
    holds: { hasValidAllow: true },
    data: { runUrl: allow.run_url, stage: allow.stage, startedAt: at },
  });
  if (told === undefined) return false;
  await tx(allows.name).where('id', allow.id).update({ spent_at: at });
  return true;
}

/**
 * Takes down how a run ended; what has ended before stays as it is. There is one
 * stage, and no second try: after a failure one asks anew.
 *
 * @returns whether it was one that had started
 */
export function finishRun(moving: Moving, outcome: RunOutcome): boolean {
  const { row } = moving;
  if (isOf(STATE_SETS.after, row)) return true;
  if (!isOf(STATE_SETS.run, row)) return false;
  const isEmergency = row.type === 'emergency';
  const told = moving.raise({
    event: outcome === 'succeeded' ? 'deploy_succeeded' : 'deploy_failed',
    by: 'plane',
    holds: {
      isLastStage: true,
      noRetryLeft: true,
      ...(isEmergency ? { isEmergency: true } : { isNotEmergency: true }),
    },
    data: { outcome },
  });
  return told !== undefined;
}

/** Who tells of runs when it is no person. */
export const DELIVERY_DOER: Doer = {
  actor: 'service:plugin:delivery',
  correlationId: 'cab-delivery',
};
