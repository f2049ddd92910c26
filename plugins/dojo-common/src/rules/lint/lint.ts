import type { Files } from '../content/files';
import { readCurriculum, type CurriculumRead } from '../content/readCurriculum';
import { textsOf, type LintContext, type LintRule } from './context';
import { inOrder, type Finding } from './findings';
import type { z } from 'zod';
import { CHECK_TYPES } from '../labs/checkTypes';
import { idChanged, idDuplicate, idRemoved, idUnlocked } from './ids';
import { checkParams, checkUnknown, labStale } from './labs';
import {
  keyPosition,
  longestOption,
  noRecall,
  numericTolerance,
  questionSection,
  regexUnsafe,
  requiredCeil,
  singleKey,
} from './questions';
import {
  imageAlt,
  inlineCheck,
  linkUnsafe,
  pictureUnsafe,
  rawHtml,
  textTooMuch,
  versionFloating,
} from './texts';
import { versionUnbumped } from './versions';
import {
  beltUnsatisfiable,
  examPool,
  keyInline,
  longWithoutSessions,
  minutes,
  pointsTotal,
  prerequisiteCycle,
  skillUnknown,
  skillUntaught,
} from './wholes';

export { lockWith } from './ids';
export type { Found, LintContext, LintRule, TextAt } from './context';

/** Every rule, beside `schema`, which is found while reading. @public */
export const lintRules: readonly LintRule[] = [
  idDuplicate,
  idChanged,
  idRemoved,
  idUnlocked,
  prerequisiteCycle,
  skillUnknown,
  skillUntaught,
  beltUnsatisfiable,
  keyInline,
  examPool,
  pointsTotal,
  requiredCeil,
  minutes,
  singleKey,
  numericTolerance,
  versionFloating,
  imageAlt,
  pictureUnsafe,
  linkUnsafe,
  rawHtml,
  textTooMuch,
  regexUnsafe,
  inlineCheck,
  versionUnbumped,
  longestOption,
  keyPosition,
  noRecall,
  longWithoutSessions,
  questionSection,
  checkUnknown,
  checkParams,
  labStale,
];

/** What a curriculum is compared with, and how strictly. @public */
export interface LintOptions {
  /** What is published so far. */
  published?: Files;
  /** New ids are refused instead of being written into the lock. */
  immutable?: boolean;
  /** Params of the checks that others bring, by their type. */
  checks?: ReadonlyMap<string, z.ZodType>;
  /** The day it is, ms since the epoch: what is old is told by it. */
  now?: number;
}

/** What the linter says. @public */
export interface LintResult {
  /** In the order of files and lines. */
  findings: Finding[];
  /** What could be read. */
  curriculum: CurriculumRead;
  /** No finding is an error. */
  publishable: boolean;
}

/** Reads a curriculum and looks for everything that is wrong with it. @public */
export function lintCurriculum(
  files: Files,
  { published, immutable = false, checks, now }: LintOptions = {},
): LintResult {
  const { curriculum, findings } = readCurriculum(files);
  const context: LintContext = {
    curriculum,
    published: published && readCurriculum(published).curriculum,
    immutable,
    now,
    checks: new Map([
      ...Object.entries(CHECK_TYPES).map(
        ([type, { params }]) => [type, params] as const,
      ),
      ...(checks ?? []),
    ]),
    texts: textsOf(curriculum),
  };
  // What was not read looks as if it were gone.
  const rules =
    findings.length > 0
      ? lintRules.filter(({ name }) => name !== 'id-removed')
      : lintRules;
  for (const { name, severity, check } of rules) {
    for (const { path, line, message } of check(context)) {
      findings.push({ rule: name, severity, path, line, message });
    }
  }
  return {
    curriculum,
    findings: inOrder(findings),
    publishable: findings.every(({ severity }) => severity !== 'error'),
  };
}
