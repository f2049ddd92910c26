import type {
  Effect,
  EffectType,
  NormalSpec,
  PlannedEffect,
} from '../contract';
import type { Said } from '@fawkes/kit-contract';
import { inOrder, needsOf } from './effectGraph';
import { mayExist } from './effectStates';
import type { RequestKey } from './repository';
import { namesOf } from './planEffects';
import { say, type WordCode } from './words';

/** An effect as its taking back depends on it. @public */
export type MadeEffect = Pick<
  Effect,
  'id' | 'type' | 'state' | 'origin' | 'undoClass'
>;

/** How something is taken down. @public */
export interface DestroyOptions {
  /** Delete a repository that would be archived. */
  purge?: boolean;
  /** The request stays, and with it its name: what a failed create takes back. */
  keepName?: boolean;
}

/** A taking back, and of which effects. @public */
export interface UndoEffectPlan extends PlannedEffect {
  /** Types of the effects that are undone when it is done. */
  undoes: EffectType[];
}

/** What has a taking back of its own. */
type Undoer = (
  made: MadeEffect,
  spec: NormalSpec,
  options: DestroyOptions,
) => { type: EffectType; title: WordCode } | undefined;

const UNDOERS: Partial<Record<EffectType, Undoer>> = {
  'name:reserve': (_, __, { keepName }) =>
    keepName
      ? undefined
      : { type: 'name:release', title: 'effect.name.release' },
  'repo:ensure': ({ origin }, spec, { purge }) => {
    if (origin === 'adopted') {
      return { type: 'repo:release', title: 'effect.repo.release' };
    }
    if (spec.repository.host === 'local') {
      return { type: 'repo:remove', title: 'effect.repo.remove' };
    }
    return purge
      ? { type: 'repo:remove', title: 'effect.repo.purge' }
      : { type: 'repo:archive', title: 'effect.repo.archive' };
  },
  'repo:protect': () => ({
    type: 'repo:unprotect',
    title: 'effect.repo.unprotect',
  }),
  'ci:ensure': () => ({ type: 'ci:remove', title: 'effect.ci.remove' }),
  'catalog:entity:ensure': ({ origin }) =>
    origin === 'adopted'
      ? undefined
      : { type: 'catalog:entity:remove', title: 'effect.catalog.remove' },
  'service:build': () => ({ type: 'local:tidy', title: 'effect.tidy' }),
  'service:deploy': () => ({
    type: 'service:remove',
    title: 'effect.service.remove',
  }),
  'events:tell': () => ({ type: 'events:retire', title: 'effect.retire' }),
};

/**
 * The newest effect of each type that may have left something. What was once
 * taken over stays somebody else's, whatever a later run says of it.
 */
function standing<E extends MadeEffect>(
  made: readonly E[],
): Map<EffectType, E> {
  const newest = new Map<EffectType, E>();
  for (const effect of made) {
    if (!mayExist(effect.state)) continue;
    const before = newest.get(effect.type);
    newest.set(
      effect.type,
      before?.origin === 'adopted' ? { ...effect, ...whose(before) } : effect,
    );
  }
  return newest;
}

function whose({ origin, undoClass }: MadeEffect) {
  return { origin, undoClass };
}

/**
 * What a destroy does: it takes back, in reverse order, whatever may be there,
 * also of what failed or became unknown. An undo depends on the undos of all
 * that was built on what it takes; so the name is free last of all.
 *
 * @param made - the effects of all runs, oldest first
 * @public
 */
export function planDestroy(
  key: RequestKey,
  spec: NormalSpec,
  made: readonly MadeEffect[],
  options: DestroyOptions = {},
): UndoEffectPlan[] {
  const there = standing(made);
  const names = namesOf(key, spec);
  const undos = new Map<EffectType, { type: EffectType; title: WordCode }>();
  for (const [type, effect] of there) {
    const undo = UNDOERS[type]?.(effect, spec, options);
    if (undo) undos.set(type, undo);
  }
  const undone = new Set(undos.keys());
  const builtOn = (type: EffectType) =>
    [...undone].filter(other => needsOf(other, undone).includes(type));
  const planned = [...undos].map(
    ([type, undo]): UndoEffectPlan => ({
      id: undo.type,
      type: undo.type,
      title: say(undo.title, names),
      undoClass: 'keep',
      undo: say('effect.undo.none'),
      dependsOn: builtOn(type).map(other => undos.get(other)!.type),
      origin: null,
      undoes: type === 'repo:ensure' ? [type, 'repo:propose'] : [type],
    }),
  );
  return inOrder(planned);
}

/** Something that a destroy leaves, and why. @public */
export interface Staying<E extends MadeEffect> {
  /** The effect that is not taken back. */
  effect: E;
  /** Why it stays. */
  reason: Said;
}

/**
 * What of the things that exist goes with a destroy, and what stays.
 *
 * @param made - the effects of all runs, oldest first
 * @public
 */
export function goesAndStays<E extends MadeEffect>(
  made: readonly E[],
): { goes: E[]; stays: Staying<E>[] } {
  const goes: E[] = [];
  const stays: Staying<E>[] = [];
  for (const effect of standing(made).values()) {
    if (!UNDOERS[effect.type]) continue;
    if (effect.origin === 'adopted') {
      stays.push({ effect, reason: say('stays.adopted') });
    } else if (effect.undoClass === 'keep') {
      stays.push({ effect, reason: say('stays.keep') });
    } else goes.push(effect);
  }
  return { goes, stays };
}

/**
 * What another run to the same end still has to do: what is done stays done, and
 * nobody waits for it.
 *
 * @param made - the effects of the runs to this end, oldest first
 * @public
 */
export function remainingEffects(
  planned: readonly PlannedEffect[],
  made: readonly MadeEffect[],
): PlannedEffect[] {
  const last = new Map(
    made
      .filter(({ state }) => state !== 'planned' && state !== 'skipped')
      .map(({ type, state }) => [type, state]),
  );
  const done = new Set(
    planned.filter(({ type }) => last.get(type) === 'done').map(({ id }) => id),
  );
  return planned
    .filter(({ id }) => !done.has(id))
    .map(effect => ({
      ...effect,
      dependsOn: effect.dependsOn.filter(id => !done.has(id)),
    }));
}
