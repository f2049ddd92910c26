import type { EffectState } from '../contract';

/** What may happen to an effect. @public */
export const EFFECT_EVENTS = [
  /** It is written down as sent; only then it is. */
  'send',
  /** It was answered that it is done. */
  'succeed',
  /** It cannot be done: refused, or looked up and found otherwise. */
  'fail',
  /** Nobody knows what became of it: a crash, a time-out. */
  'lose',
  /** It was looked up and is there. */
  'find',
  /** It was looked up and is not there: it may be sent again. */
  'miss',
  /** The run ends before it. */
  'skip',
  /** What it made was taken back. */
  'undo',
] as const;
/** One of {@link EFFECT_EVENTS}. @public */
export type EffectEvent = (typeof EFFECT_EVENTS)[number];

const no = null;

/**
 * State × event. Nothing leads from `unknown` to `sent`: what may have been done
 * is looked up first, never sent blind.
 */
const TABLE: Record<EffectState, Record<EffectEvent, EffectState | null>> = {
  planned: {
    send: 'sent',
    succeed: no,
    fail: 'failed',
    lose: no,
    find: 'done',
    miss: 'planned',
    skip: 'skipped',
    undo: no,
  },
  sent: {
    send: no,
    succeed: 'done',
    fail: 'failed',
    lose: 'unknown',
    find: no,
    miss: no,
    skip: no,
    undo: no,
  },
  unknown: {
    send: no,
    succeed: no,
    fail: 'failed',
    lose: 'unknown',
    find: 'done',
    miss: 'planned',
    skip: no,
    undo: 'undone',
  },
  done: {
    send: no,
    succeed: no,
    fail: no,
    lose: no,
    find: 'done',
    miss: no,
    skip: no,
    undo: 'undone',
  },
  // It may have left something behind, which a destroy takes back.
  failed: {
    send: no,
    succeed: no,
    fail: no,
    lose: no,
    find: no,
    miss: no,
    skip: no,
    undo: 'undone',
  },
  skipped: {
    send: no,
    succeed: no,
    fail: no,
    lose: no,
    find: no,
    miss: no,
    skip: 'skipped',
    undo: no,
  },
  undone: {
    send: no,
    succeed: no,
    fail: no,
    lose: no,
    find: no,
    miss: no,
    skip: no,
    undo: 'undone',
  },
};

/** Where an effect stands after an event; null where it cannot happen. @public */
export function effectAfter(
  state: EffectState,
  event: EffectEvent,
): EffectState | null {
  return TABLE[state][event];
}

/** How a state reads after the process that held the run has died. @public */
export function afterCrash(state: EffectState): EffectState {
  return state === 'sent' ? 'unknown' : state;
}

/** Whether nothing in its run changes it any more. @public */
export function isSettled(state: EffectState): boolean {
  return state !== 'planned' && state !== 'sent' && state !== 'unknown';
}

/** Whether something may be there because of it. @public */
export function mayExist(state: EffectState): boolean {
  return ['sent', 'unknown', 'done', 'failed'].includes(state);
}
