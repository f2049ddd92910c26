import type { EffectState, RunState, UndoClass } from '../contract';
import { isSettled } from './effectStates';

/** An effect as the next step of a run depends on it. @public */
export interface RunEffect {
  /** Id of the effect. */
  id: string;
  /** How far it is. */
  state: EffectState;
  /** Ids of effects that come before it. */
  dependsOn: readonly string[];
  /** An unknown one that was looked up in vain. */
  unreadable?: boolean;
}

/** A run as its next step depends on it. @public */
export interface RunView {
  /** Making things, or taking them back: there, one failure stops less. */
  direction: 'forward' | 'back';
  /** All effects of the run. */
  effects: readonly RunEffect[];
  /** Somebody asked it to stop, or a newer deploy took over. */
  asked?: 'cancelled' | 'superseded';
}

/** What a run does next. Everything in it may be done side by side. @public */
export interface NextStep {
  /** Effects that may be sent now. */
  begin: string[];
  /** Effects of which nobody knows what became of them: look, do not send. */
  lookUp: string[];
  /** Effects that this run will never begin. */
  skip: string[];
  /** Effects that were sent and have not ended. */
  waitFor: string[];
  /** How the run ends, once nothing of the above is left. */
  end?: {
    state: Exclude<RunState, 'running'>;
    /** The effects because of which. */
    because: string[];
  };
}

/**
 * What a run does next. Forward, the first failure lets nothing more begin, nor
 * does an effect that cannot be looked up. Back, a failed undo stops only what
 * depends on it. What was sent always comes to its end.
 *
 * @throws TypeError when effects wait for each other, or for one that is not here
 * @public
 */
export function nextStep({ direction, effects, asked }: RunView): NextStep {
  const byId = new Map(effects.map(effect => [effect.id, effect]));
  const idsIn = (state: EffectState) =>
    effects.filter(effect => effect.state === state).map(({ id }) => id);
  const unreadable = effects.filter(isUnreadable).map(({ id }) => id);
  const failed = idsIn('failed');
  const halted =
    asked !== undefined ||
    (direction === 'forward' && failed.length + unreadable.length > 0);

  const planned = effects.filter(({ state }) => state === 'planned');
  const blocked = blockedBy(byId);
  const skip = planned
    .filter(effect => halted || blocked(effect.id))
    .map(({ id }) => id);
  const begin = planned
    .filter(
      ({ id, dependsOn }) =>
        !skip.includes(id) &&
        dependsOn.every(needed => byId.get(needed)!.state === 'done'),
    )
    .map(({ id }) => id);
  const lookUp = effects
    .filter(effect => effect.state === 'unknown' && !isUnreadable(effect))
    .map(({ id }) => id);
  const step = { begin, lookUp, skip, waitFor: idsIn('sent') };
  const open = effects.some(
    effect => !isSettled(effect.state) && !isUnreadable(effect),
  );
  if (!open) return { ...step, end: endOf(failed, unreadable, asked) };
  if (Object.values(step).every(ids => ids.length === 0)) {
    throw new TypeError('The effects of a run wait for each other');
  }
  return step;
}

function endOf(
  failed: string[],
  unreadable: string[],
  asked: RunView['asked'],
): NonNullable<NextStep['end']> {
  if (asked) return { state: asked, because: [] };
  if (unreadable.length > 0) {
    return { state: 'needs_person', because: unreadable };
  }
  if (failed.length > 0) return { state: 'failed', because: failed };
  return { state: 'done', because: [] };
}

function isUnreadable({ state, unreadable }: RunEffect): boolean {
  return state === 'unknown' && unreadable === true;
}

/** Whether an effect waits, also at second hand, for one that will not be done. */
function blockedBy(byId: ReadonlyMap<string, RunEffect>) {
  const known = new Map<string, boolean>();
  const blocked = (id: string): boolean => {
    const before = known.get(id);
    if (before !== undefined) return before;
    // Whoever comes back here while it is open has walked a circle.
    known.set(id, false);
    const found = byId.get(id)!.dependsOn.some(needed => {
      const effect = byId.get(needed);
      if (!effect) {
        throw new TypeError(
          `'${id}' depends on '${needed}', which is not here`,
        );
      }
      return (
        ['failed', 'skipped', 'undone'].includes(effect.state) ||
        isUnreadable(effect) ||
        blocked(needed)
      );
    });
    known.set(id, found);
    return found;
  };
  return blocked;
}

/** An effect as the question depends on it, whether a failed run is taken back. @public */
export interface UndoEffect {
  /** How far it is. */
  state: EffectState;
  /** How it is taken back, if at all. */
  undoClass: UndoClass;
  /** Failed in a way that trying again does not mend. */
  permanent?: boolean;
}

/**
 * Whether what a failed create made is taken back at once. It goes on by
 * default, since a retry converges: undone only where that was wished, or where
 * a permanent failure came before anything that cannot be taken back exactly.
 * @public
 */
export function undoesAfterFailure(
  effects: readonly UndoEffect[],
  onFailure: 'continue' | 'undo',
): boolean {
  const failed = effects.filter(({ state }) => state === 'failed');
  if (failed.length === 0) return false;
  if (onFailure === 'undo') return true;
  const irreversible = effects.some(
    ({ state, undoClass }) =>
      undoClass !== 'exact' && ['sent', 'unknown', 'done'].includes(state),
  );
  return failed.some(({ permanent }) => permanent) && !irreversible;
}
