import { canonicalJson } from '@fawkes/kit-contract';
import { beside } from './content/files';
import { readMarkdown } from './content/markdown';
import {
  poolsOf,
  type CurriculumRead,
  type LabRead,
  type ModuleRead,
} from './content/readCurriculum';
import type { BeltFile, ExamFile, Question, QuizFile } from './content/schemas';
import { readDrawing, type Drawing } from './content/svg';
import type { Rule } from './belts/rule';
import type {
  PublishedBelt,
  PublishedCurriculum,
  PublishedExam,
  PublishedLab,
  PublishedModule,
} from './published';

/** What decides grades, by quiz; it never leaves the server. @public */
export interface QuizKeys {
  /** Questions with their keys, and how many of each pool are drawn. */
  pools: Array<{ pick: number; questions: Question[] }>;
}

/** What the checks of a lab look for, and what to do where it is not there. @public */
export interface LabKeys {
  /** By id of the check. */
  checks: Record<string, { params: Record<string, unknown>; fix: string }>;
}

/** A curriculum in its two halves. @public */
export interface SplitCurriculum {
  /** What may be shown. */
  published: PublishedCurriculum;
  /** By id of the quiz. */
  keys: Record<string, QuizKeys>;
  /** By id of the lab. */
  labKeys: Record<string, LabKeys>;
}

/**
 * Splits a curriculum that the linter has no error in: what may be shown, and
 * what grades.
 *
 * @throws TypeError where there is no `dojo.yaml`
 * @public
 */
export function splitCurriculum(curriculum: CurriculumRead): SplitCurriculum {
  const { head, belts, pictures, exams, examLabs } = curriculum;
  if (!head) throw new TypeError('A curriculum without dojo.yaml is none');
  const modules = curriculum.modules.filter(
    ({ value }) => value.status !== 'draft',
  );
  const teachers = new Map<string, string>();
  for (const { value } of modules) {
    for (const skill of value.teaches) teachers.set(skill, value.slug);
  }
  const track = new Map(
    head.value.tracks.map(({ belt, modules: slugs }) => [belt, slugs]),
  );
  const needed = new Set(
    belts.flatMap(({ value }) => [...modulesIn(value.award)]),
  );
  const published = modules.map(module =>
    publishModule(module, {
      pictures,
      belt:
        head.value.tracks.find(({ modules: slugs }) =>
          slugs.includes(module.value.slug),
        )?.belt ?? null,
      optional: !needed.has(module.value.id),
      teachers,
    }),
  );
  return {
    published: {
      id: head.value.id,
      slug: head.value.slug,
      version: head.value.version,
      title: head.value.title,
      summary: head.value.summary,
      locale: head.value.defaultLocale,
      belts: [...belts]
        .sort((a, b) => Number(a.value.order) - Number(b.value.order))
        .map(({ value }) =>
          publishBelt(
            value,
            (track.get(value.slug) ?? []).filter(slug =>
              published.some(module => module.slug === slug),
            ),
          ),
        ),
      modules: published,
      exams: exams.map(({ value }) =>
        publishExam(
          value,
          examLabs.filter(lab => value.labs?.includes(lab.value.id)),
          pictures,
        ),
      ),
    },
    keys: Object.fromEntries(
      [...modules.flatMap(({ quizzes }) => quizzes), ...exams].map(
        ({ value }) => [
          value.id,
          {
            pools: poolsOf(value).map(({ pick, questions }) => ({
              pick,
              questions,
            })),
          },
        ],
      ),
    ),
    labKeys: Object.fromEntries(
      [...modules.flatMap(({ labs }) => labs), ...examLabs].map(({ value }) => [
        value.id,
        {
          checks: Object.fromEntries(
            value.checks.map(({ id, params, fix }) => [id, { params, fix }]),
          ),
        },
      ]),
    ),
  };
}

/** Minutes on the clock for each drawn question. @public */
export const MINUTES_A_QUESTION = 2;

/** How many questions are drawn. */
function drawnOf(quiz: QuizFile | ExamFile): number {
  return poolsOf(quiz).reduce((sum, { pick }) => sum + pick, 0);
}

function publishBelt(value: BeltFile, modules: string[]): PublishedBelt {
  return {
    id: value.id,
    slug: value.slug,
    title: value.title,
    colour: value.colour,
    certificate: value.certificate,
    inPreparation: value.status === 'in-preparation',
    objectives: value.objectives,
    award: value.award,
    modules,
    planned: (value.planned ?? []).map(({ id, title, minutes }) => ({
      id,
      title,
      minutes: Number(minutes),
    })),
    retakeWaitDays: Number(value.retakeWaitDays),
    validity: value.validity ?? null,
  };
}

function publishExam(
  value: ExamFile,
  labs: readonly LabRead[],
  pictures: ReadonlyMap<string, string>,
): PublishedExam {
  const questions = drawnOf(value);
  const published = labs.map(lab => publishLab(lab, pictures));
  const inLabs = published.reduce((sum, { total }) => sum + total, 0);
  return {
    id: value.id,
    slug: value.slug,
    title: value.title,
    belt: value.belt,
    questions,
    questionPoints: Number(value.total) - inLabs,
    total: Number(value.total),
    required: Number(value.required),
    passPercent: value.passPercent,
    clockMinutes: Number(
      value.timeLimitMinutes ?? questions * MINUTES_A_QUESTION,
    ),
    publicItems: value.sample === 'true',
    labs: published,
  };
}

function publishLab(
  { value: lab, markdown = '', taskPath }: LabRead,
  pictures: ReadonlyMap<string, string>,
): PublishedLab {
  return {
    id: lab.id,
    slug: lab.slug,
    title: lab.title,
    minutes: Number(lab.minutes),
    markdown,
    drawings: drawingsOf(taskPath, markdown, pictures),
    attribution: lab.attribution ?? 'actor',
    checks: lab.checks.map(({ id, title, type, points, required }) => ({
      id,
      title,
      type,
      points: Number(points),
      required: required === 'true',
    })),
    total: Number(lab.total),
    required: Number(lab.required),
    passPercent: lab.passPercent,
    gate: lab.gate !== 'false',
    simultaneous: lab.simultaneous === 'true',
  };
}

function drawingsOf(
  path: string,
  markdown: string,
  pictures: ReadonlyMap<string, string>,
): Record<string, Drawing> {
  return Object.fromEntries(
    readMarkdown(markdown).images.map(({ url }) => [
      url,
      readDrawing(pictures.get(beside(path, url)) ?? ''),
    ]),
  );
}

function publishModule(
  module: ModuleRead,
  around: {
    pictures: ReadonlyMap<string, string>;
    belt: string | null;
    optional: boolean;
    teachers: ReadonlyMap<string, string>;
  },
): PublishedModule {
  const { value, lessons, quizzes, labs } = module;
  const after = value.requires.flatMap(skill => {
    const teacher = around.teachers.get(skill);
    return teacher && teacher !== value.slug ? [teacher] : [];
  });
  return {
    id: value.id,
    slug: value.slug,
    version: value.version,
    status: value.status,
    title: value.title,
    summary: value.summary,
    objectives: value.objectives,
    minutes: Number(value.durationMinutes),
    belt: around.belt,
    optional: around.optional,
    after: [...new Set(after)],
    lessons: lessons.map(({ name, value: lesson, markdown, path }) => {
      const { headings } = readMarkdown(markdown);
      return {
        name,
        title: lesson.title,
        minutes: Number(lesson.minutes),
        required: lesson.required === 'true',
        markdown,
        headings: headings.filter(({ level }) => level === 2 || level === 3),
        drawings: drawingsOf(path, markdown, around.pictures),
      };
    }),
    quizzes: quizzes.map(({ value: quiz }) => ({
      id: quiz.id,
      slug: quiz.slug,
      title: quiz.title,
      minutes: Number(quiz.minutes),
      questions: drawnOf(quiz),
      total: Number(quiz.total),
      required: Number(quiz.required),
      passPercent: quiz.passPercent,
      gate: quiz.gate !== 'false',
      feedback: quiz.feedback ?? 'full',
      attempts: quiz.attempts === undefined ? null : Number(quiz.attempts),
    })),
    labs: labs.map(lab => publishLab(lab, around.pictures)),
  };
}

function* modulesIn(rule: Rule): Generator<string> {
  if ('all' in rule) for (const part of rule.all) yield* modulesIn(part);
  else if ('any' in rule) for (const part of rule.any) yield* modulesIn(part);
  else if ('modules' in rule) yield* rule.modules;
}

/** Both halves as one text that is the same for the same content. @public */
export function textOfSplit(split: SplitCurriculum): string {
  return canonicalJson(split);
}
