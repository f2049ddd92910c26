import type { LintFinding, LintRule } from './finding';
import { lintTemplate, type LintSource } from './lintTemplate';
import {
  actionUnpinned,
  imageUnpinned,
  lockfileMissing,
  lockUnresolved,
} from './pinned';
import {
  expressionInvalid,
  foreignExpression,
  parameterUndefined,
  parameterUnused,
  stepUndefined,
  valueNotPassed,
  valueUnused,
} from './references';
import {
  imageUnsafeRef,
  labelUnsafeRef,
  skeletonMissing,
  templateSealed,
  templateVersion,
} from './shape';

/** All rules, each with its reason. */
export const LINT_RULES: readonly LintRule[] = [
  valueNotPassed,
  parameterUndefined,
  stepUndefined,
  skeletonMissing,
  labelUnsafeRef,
  imageUnsafeRef,
  lockfileMissing,
  foreignExpression,
  expressionInvalid,
  templateVersion,
  templateSealed,
  imageUnpinned,
  actionUnpinned,
  valueUnused,
  parameterUnused,
  lockUnresolved,
];

/** What all rules find in a template, by path, line and rule. */
export function lint(source: LintSource): LintFinding[] {
  const template = lintTemplate(source);
  return LINT_RULES.flatMap(({ name, severity, check }) =>
    check(template).map(found => ({ rule: name, severity, ...found })),
  ).sort(
    (a, b) =>
      compare(a.path, b.path) || a.line - b.line || compare(a.rule, b.rule),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export type { LintFinding } from './finding';
export type { LintSource } from './lintTemplate';
