import { canonicalJson } from '@fawkes/kit-contract';
import { readMarkdown, type Heading } from './content/markdown';
import {
  poolsOf,
  type CurriculumRead,
  type ModuleRead,
} from './content/readCurriculum';
import type { Question } from './content/schemas';
import { readDrawing, type Drawing } from './content/svg';
import type { Rule } from './belts/rule';

/** A lesson as it is published. @public */
export interface PublishedLesson {
  /** Unique in its module. */
  name: string;
  /** What it is called. */
  title: string;
  /** How long it takes to read. */
  minutes: number;
  /** The module is not done without it. */
  required: boolean;
  /** CommonMark with tables, without HTML. */
  markdown: string;
  /** Its outline: levels 2 and 3. */
  headings: Heading[];
  /** By the address the text has for them. */
  drawings: Record<string, Drawing>;
}

/** A quiz as it is published: nothing of its questions. @public */
export interface PublishedQuiz {
  /** Never changes. */
  id: string;
  /** Unique in its curriculum. */
  slug: string;
  /** What it is called. */
  title: string;
  /** How long it usually takes. */
  minutes: number;
  /** How many are drawn. */
  questions: number;
  /** What they are worth together. */
  total: number;
  /** What passes, for display. */
  required: number;
  /** The share that passes, as it is written. */
  passPercent: string;
  /** The module is not done without it. */
  gate: boolean;
  /** How much is said of an attempt that ended. */
  feedback: 'none' | 'score' | 'sections' | 'full';
  /** How many there may be; null without a bound. */
  attempts: number | null;
}

/** A module as it is published. @public */
export interface PublishedModule {
  /** Never changes. */
  id: string;
  /** Its name in addresses. */
  slug: string;
  /** What it is pinned by. */
  version: string;
  /** As it is written. */
  status: string;
  /** What it is called. */
  title: string;
  /** One sentence. */
  summary: string;
  /** What one can do afterwards. */
  objectives: string[];
  /** How long it takes. */
  minutes: number;
  /** Slug of the belt it is shown with. */
  belt: string | null;
  /** No belt asks for it. */
  optional: boolean;
  /** Slugs of the modules that teach what it builds on. */
  after: string[];
  /** In their order. */
  lessons: PublishedLesson[];
  /** In their order. */
  quizzes: PublishedQuiz[];
}

/** A belt as it is published. @public */
export interface PublishedBelt {
  /** Never changes. */
  id: string;
  /** Its name in addresses. */
  slug: string;
  /** What it is called. */
  title: string;
  /** Its colour. */
  colour: string;
  /** What its holder is called. */
  certificate: string;
  /** It cannot be earned yet. */
  inPreparation: boolean;
  /** What its holder can do. */
  objectives: string[];
  /** What awards it. */
  award: Rule;
  /** Slugs of its modules that are there. */
  modules: string[];
  /** Modules that are being written. */
  planned: Array<{ id: string; title: string; minutes: number }>;
}

/** What of a curriculum may reach a browser. @public */
export interface PublishedCurriculum {
  /** Never changes. */
  id: string;
  /** Its name. */
  slug: string;
  /** Its version. */
  version: string;
  /** What it is called. */
  title: string;
  /** One sentence. */
  summary: string;
  /** Language of its texts. */
  locale: string;
  /** From the lowest on. */
  belts: PublishedBelt[];
  /** All that may be begun or finished. */
  modules: PublishedModule[];
}

/** What decides grades, by quiz; it never leaves the server. @public */
export interface QuizKeys {
  /** Questions with their keys, and how many of each pool are drawn. */
  pools: Array<{ pick: number; questions: Question[] }>;
}

/** A curriculum in its two halves. @public */
export interface SplitCurriculum {
  /** What may be shown. */
  published: PublishedCurriculum;
  /** By id of the quiz. */
  keys: Record<string, QuizKeys>;
}

/**
 * Splits a curriculum that the linter has no error in: what may be shown, and
 * what grades.
 *
 * @throws TypeError where there is no `dojo.yaml`
 * @public
 */
export function splitCurriculum(curriculum: CurriculumRead): SplitCurriculum {
  const { head, belts, pictures } = curriculum;
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
        .map(({ value }) => ({
          id: value.id,
          slug: value.slug,
          title: value.title,
          colour: value.colour,
          certificate: value.certificate,
          inPreparation: value.status === 'in-preparation',
          objectives: value.objectives,
          award: value.award,
          modules: (track.get(value.slug) ?? []).filter(slug =>
            published.some(module => module.slug === slug),
          ),
          planned: (value.planned ?? []).map(({ id, title, minutes }) => ({
            id,
            title,
            minutes: Number(minutes),
          })),
        })),
      modules: published,
    },
    keys: Object.fromEntries(
      modules.flatMap(({ quizzes }) =>
        quizzes.map(({ value }) => [
          value.id,
          {
            pools: poolsOf(value).map(({ pick, questions }) => ({
              pick,
              questions,
            })),
          },
        ]),
      ),
    ),
  };
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
  const { value, lessons, quizzes } = module;
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
      const { headings, images } = readMarkdown(markdown);
      return {
        name,
        title: lesson.title,
        minutes: Number(lesson.minutes),
        required: lesson.required === 'true',
        markdown,
        headings: headings.filter(({ level }) => level === 2 || level === 3),
        drawings: Object.fromEntries(
          images.map(({ url }) => [
            url,
            readDrawing(around.pictures.get(beside(path, url)) ?? ''),
          ]),
        ),
      };
    }),
    quizzes: quizzes.map(({ value: quiz }) => ({
      id: quiz.id,
      slug: quiz.slug,
      title: quiz.title,
      minutes: Number(quiz.minutes),
      questions: poolsOf(quiz).reduce((sum, { pick }) => sum + pick, 0),
      total: Number(quiz.total),
      required: Number(quiz.required),
      passPercent: quiz.passPercent,
      gate: quiz.gate !== 'false',
      feedback: quiz.feedback ?? 'full',
      attempts: quiz.attempts === undefined ? null : Number(quiz.attempts),
    })),
  };
}

/** A path as a file beside another writes it; nothing outside of the folder. @public */
export function beside(path: string, address: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of address.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return '';
      parts.pop();
    } else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
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
