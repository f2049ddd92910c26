import type { ChangeEventName, ChangeState } from '../../contract';
import { TRANSITIONS, type Guard, type Raiser, type Transition } from './table';

/** Something that happens to a change request. @public */
export interface RaisedEvent {
  /** What. */
  event: ChangeEventName;
  /** Who raises it. */
  by: Raiser;
  /** What holds; whatever is not said does not. */
  holds?: Partial<Record<Guard, boolean>>;
}

/** What becomes of an event. @public */
export type Reduced =
  /** It happened; `to` may be where it was. */
  | { kind: 'moved'; to: ChangeState }
  /** Nobody asked for it, and nothing changes. */
  | { kind: 'ignored' }
  /** It does not happen here, whoever asks. */
  | { kind: 'illegal' }
  /** It would, if this held. */
  | { kind: 'guarded'; guard: Guard };

/**
 * Where an event leads from a state. A pair that is not in the table is refused;
 * when nobody but the engine wanted it, nothing happens.
 * @public
 */
export function reduce(
  state: ChangeState | 'new',
  { event, by, holds = {} }: RaisedEvent,
): Reduced {
  const rows = rowsOf(state, event).filter(each => each.by.includes(by));
  if (rows.length === 0) {
    return { kind: by === 'person' ? 'illegal' : 'ignored' };
  }
  const taken = rows.find(({ guards }) => guards.every(guard => holds[guard]));
  if (taken) return { kind: 'moved', to: targetOf(taken, state) };
  const guard = rows[0].guards.find(each => !holds[each])!;
  return by === 'person' ? { kind: 'guarded', guard } : { kind: 'ignored' };
}

/** The lines of the table for a state and an event, in order. @public */
export function rowsOf(
  state: ChangeState | 'new',
  event: ChangeEventName,
): Transition[] {
  return TRANSITIONS.filter(
    each => each.event === event && each.from.includes(state),
  );
}

function targetOf({ to }: Transition, state: ChangeState | 'new'): ChangeState {
  if (to !== 'same') return to;
  if (state === 'new') throw new TypeError('Nothing cannot stay as it is');
  return state;
}
