import type {
  Plan,
  PlannedEffect,
} from '@fawkes/backstage-plugin-provisioning-common';

/** What became of a plan when it was made anew. */
export interface PlanDifference {
  /** Effects that were not there before. */
  added: PlannedEffect[];
  /** Effects that are no longer there. */
  gone: PlannedEffect[];
  /** Effects of which the words changed, as they are now. */
  changed: PlannedEffect[];
  /** Paths of files that came, went or have other content. */
  files: string[];
}

/** How a plan differs from the one that was looked at. */
export function planDifference(before: Plan, after: Plan): PlanDifference {
  const was = new Map(before.effects.map(effect => [effect.id, effect]));
  const is = new Map(after.effects.map(effect => [effect.id, effect]));
  return {
    added: after.effects.filter(({ id }) => !was.has(id)),
    gone: before.effects.filter(({ id }) => !is.has(id)),
    changed: after.effects.filter(effect => {
      const old = was.get(effect.id);
      return old !== undefined && wordsOf(old) !== wordsOf(effect);
    }),
    files: changedFiles(before, after),
  };
}

/** What a person reads of an effect. */
function wordsOf({ title, undo, undoClass, origin }: PlannedEffect): string {
  return JSON.stringify([title.text, undo.text, undoClass, origin]);
}

function changedFiles(before: Plan, after: Plan): string[] {
  const contents = ({ files }: Plan) =>
    new Map(files.map(file => [file.path, `${file.mode} ${file.sha256}`]));
  const was = contents(before);
  const is = contents(after);
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter(path => was.get(path) !== is.get(path))
    .sort();
}

/** Whether a person would read the same. */
export function isSame({
  added,
  gone,
  changed,
  files,
}: PlanDifference): boolean {
  return [added, gone, changed, files].every(({ length }) => length === 0);
}
