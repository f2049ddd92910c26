import { STATE_SETS, type Change } from '@fawkes/backstage-plugin-cab-common';
import type { StepState } from '@fawkes/kit-ui/states';

/** The steps every change request takes. */
export const STEPS = ['ask', 'score', 'decide', 'ship'] as const;

/** How far a change request has come, step by step. */
export function stepsOf({
  state,
  score,
}: Pick<Change, 'state' | 'score'>): StepState[] {
  const isOf = (set: readonly string[]) => set.includes(state);
  if (isOf(STATE_SETS.before) || isOf(STATE_SETS.parked)) {
    return ['current', 'waiting', 'waiting', 'waiting'];
  }
  if (isOf(STATE_SETS.passing))
    return ['done', 'current', 'waiting', 'waiting'];
  if (isOf(STATE_SETS.review)) return ['done', 'done', 'current', 'waiting'];
  if (isOf(STATE_SETS.open) || isOf(STATE_SETS.run))
    return ['done', 'done', 'done', 'current'];
  if (state === 'rejected') return ['done', 'done', 'failed', 'waiting'];
  if (state === 'withdrawn') {
    return score === null
      ? ['failed', 'waiting', 'waiting', 'waiting']
      : ['done', 'done', 'failed', 'waiting'];
  }
  // Nobody asked: it happened, and was looked back at.
  if (state === 'unauthorized' || (state === 'closed' && score === null)) {
    return ['failed', 'waiting', 'waiting', 'waiting'];
  }
  if (['revoked', 'expired', 'failed', 'rolled_back'].includes(state)) {
    return ['done', 'done', 'done', 'failed'];
  }
  return ['done', 'done', 'done', 'done'];
}
