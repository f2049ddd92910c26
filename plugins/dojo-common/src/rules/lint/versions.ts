import { canonicalJson } from '@fawkes/kit-contract';
import {
  poolsOf,
  type CurriculumRead,
  type LabRead,
  type ModuleRead,
} from '../content/readCurriculum';
import type { Question } from '../content/schemas';
import type { LintRule } from './context';

/** What of a question decides a grade: no texts, and numbers by value. */
function decisive(question: Question): unknown {
  const { type, id, points, status } = question;
  const own: Record<string, unknown> = {
    type,
    id,
    points: Number(points),
    status,
  };
  if ('options' in question)
    own.options = question.options.map(option => option.id);
  if ('key' in question) own.key = question.key;
  if (question.type === 'matching') own.pairs = question.pairs;
  if (question.type === 'matching') own.rights = question.rights;
  for (const name of [
    'pattern',
    'caseSensitive',
    'partial',
    'tolerance',
    'units',
  ] as const) {
    if (name in question)
      own[name] = (question as Record<string, unknown>)[name];
  }
  return own;
}

function decisiveOf(module: ModuleRead): string {
  return canonicalJson(
    JSON.parse(
      JSON.stringify([
        module.labs.map(decisiveOfLab),
        module.quizzes.map(({ value }) => ({
          id: value.id,
          passPercent: trimmed(value.passPercent),
          total: Number(value.total),
          gate: value.gate ?? 'true',
          pools: poolsOf(value).map(({ pick, questions }) => ({
            pick,
            questions: questions.map(decisive),
          })),
        })),
      ]),
    ),
  );
}

function decisiveOfLab({ value }: LabRead): unknown {
  return {
    id: value.id,
    passPercent: trimmed(value.passPercent),
    total: Number(value.total),
    gate: value.gate ?? 'true',
    simultaneous: value.simultaneous ?? 'false',
    attribution: value.attribution ?? 'actor',
    checks: value.checks.map(({ id, type, params, points, required }) => ({
      id,
      type,
      params,
      points: Number(points),
      required: required ?? 'false',
    })),
  };
}

/** What of the exams decides, which have no version of their own. */
function decisiveOfExams({ exams, examLabs }: CurriculumRead): string {
  return canonicalJson(
    JSON.parse(
      JSON.stringify([
        examLabs.map(decisiveOfLab),
        exams.map(({ value }) => ({
          id: value.id,
          belt: value.belt,
          labs: value.labs ?? [],
          passPercent: trimmed(value.passPercent),
          total: Number(value.total),
          timeLimitMinutes: value.timeLimitMinutes,
          pools: poolsOf(value).map(({ pick, questions }) => ({
            pick,
            questions: questions.map(decisive),
          })),
        })),
      ]),
    ),
  );
}

/** `80.0` is `80`. */
function trimmed(decimal: string): string {
  return decimal.includes('.')
    ? decimal.replace(/0+$/, '').replace(/\.$/, '')
    : decimal;
}

export const versionUnbumped: LintRule = {
  name: 'version-unbumped',
  severity: 'error',
  reason:
    'Attempts name the version they were graded by; it has to mean one thing.',
  *check({ curriculum, published }) {
    if (!published) return;
    const { head } = curriculum;
    if (
      head &&
      head.value.version === published.head?.value.version &&
      published.exams.length > 0 &&
      decisiveOfExams(curriculum) !== decisiveOfExams(published)
    ) {
      yield {
        path: head.path,
        line: head.lineOf(['version']),
        message:
          'version: what decides the grades of exams is another than in the published one; raise it',
      };
    }
    const before = new Map(
      published.modules.map(module => [module.value.id, module]),
    );
    for (const module of curriculum.modules) {
      const old = before.get(module.value.id);
      if (!old || old.value.version !== module.value.version) continue;
      if (decisiveOf(old) === decisiveOf(module)) continue;
      yield {
        path: module.path,
        line: module.lineOf(['version']),
        message:
          'version: what decides grades is another than in the published one; raise it',
      };
    }
  },
};
