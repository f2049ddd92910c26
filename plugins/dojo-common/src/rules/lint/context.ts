import type { z } from 'zod';
import type {
  CurriculumRead,
  LabRead,
  ModuleRead,
  Read,
} from '../content/readCurriculum';
import { poolsOf } from '../content/readCurriculum';
import { readMarkdown, type MarkdownFacts } from '../content/markdown';
import type { ExamFile, Question, QuizFile } from '../content/schemas';
import type { Step } from '../content/yaml';
import type { Place, Severity } from './findings';

/** What rules look at. @public */
export interface LintContext {
  /** What could be read of it. */
  curriculum: CurriculumRead;
  /** What is published so far. */
  published: CurriculumRead | undefined;
  /** New ids are refused instead of being written into the lock. */
  immutable: boolean;
  /** Params of checks by their type. */
  checks: ReadonlyMap<string, z.ZodType>;
  /** The day it is, ms since the epoch; undefined where nobody said. */
  now: number | undefined;
  /** Every text in Markdown, read once for all rules. */
  texts: readonly TextAt[];
}

/** A text in Markdown, and what is in it. @public */
export interface TextAt {
  /** The file it stands in. */
  path: string;
  /** Lines that stand before it. */
  offset: number;
  /** What is in it. */
  facts: MarkdownFacts;
}

/** What a rule found: where, and what to do. @public */
export interface Found extends Place {
  /** What is wrong and what to do; never a key. */
  message: string;
}

/** One rule of the linter. @public */
export interface LintRule {
  /** Its name in findings. */
  name: string;
  /** Whether what it finds is refused. */
  severity: Severity;
  /** Why there is such a rule. */
  reason: string;
  /** Looks through a curriculum. */
  check(context: LintContext): Iterable<Found>;
}

/** A question and where it stands. */
export interface QuestionAt {
  /** Questions of exams are of no module. */
  module: ModuleRead | undefined;
  quiz: Read<QuizFile | ExamFile>;
  question: Question;
  at: Step[];
  line: number;
}

/** Every question of a curriculum that is not retired. */
export function* questionsOf(
  curriculum: CurriculumRead,
): Generator<QuestionAt> {
  for (const { module, quiz } of quizzesOf(curriculum)) {
    for (const pool of poolsOf(quiz.value)) {
      for (const [index, question] of pool.questions.entries()) {
        const at = [...pool.at, 'questions', index];
        const line = quiz.lineOf([...at, 'id']);
        yield { module, quiz, question, at, line };
      }
    }
  }
}

/** Every quiz and every exam. */
export function* quizzesOf({
  modules,
  exams,
}: CurriculumRead): Generator<Pick<QuestionAt, 'module' | 'quiz'>> {
  for (const module of modules) {
    for (const quiz of module.quizzes) yield { module, quiz };
  }
  for (const quiz of exams) yield { module: undefined, quiz };
}

/** Every lab, those of exams included. */
export function labsOf({ modules, examLabs }: CurriculumRead): LabRead[] {
  return [...modules.flatMap(({ labs }) => labs), ...examLabs];
}

/** Those that may still be drawn. */
export function* drawable(curriculum: CurriculumRead): Generator<QuestionAt> {
  for (const each of questionsOf(curriculum)) {
    if (each.question.status !== 'retired') yield each;
  }
}

/** Texts in Markdown, with the lines before them. */
export function textsOf(curriculum: CurriculumRead): TextAt[] {
  const texts: TextAt[] = [];
  for (const module of curriculum.modules) {
    for (const { path, markdown, offset } of module.lessons) {
      texts.push({ path, offset, facts: readMarkdown(markdown) });
    }
  }
  for (const lab of labsOf(curriculum)) {
    const { path, taskPath, markdown, value, lineOf } = lab;
    if (markdown !== undefined) {
      const facts = readMarkdown(markdown);
      texts.push({ path: taskPath, offset: 0, facts });
    }
    for (const [index, { fix }] of value.checks.entries()) {
      const offset = lineOf(['checks', index, 'fix']) - 1;
      texts.push({ path, offset, facts: readMarkdown(fix) });
    }
  }
  for (const { quiz, question, at } of questionsOf(curriculum)) {
    const add = (steps: Step[], markdown: string) => {
      const offset = quiz.lineOf([...at, ...steps]) - 1;
      texts.push({ path: quiz.path, offset, facts: readMarkdown(markdown) });
    };
    add(['stem'], question.stem);
    if ('options' in question) {
      for (const [index, option] of question.options.entries()) {
        add(['options', index, 'text'], option.text);
        add(['options', index, 'explanation'], option.explanation);
      }
    }
    if ('explanation' in question) add(['explanation'], question.explanation);
    if (question.type === 'matching') {
      for (const [index, pair] of question.pairs.entries()) {
        add(['pairs', index, 'left'], pair.left);
        add(['pairs', index, 'right'], pair.right);
      }
      for (const [index, right] of (question.rights ?? []).entries()) {
        add(['rights', index], right);
      }
    }
  }
  return texts;
}
