import type {
  CurriculumRead,
  ModuleRead,
  Read,
} from '../content/readCurriculum';
import { poolsOf } from '../content/readCurriculum';
import type { Question, QuizFile } from '../content/schemas';
import type { Step } from '../content/yaml';
import type { Place, Severity } from './findings';

/** What rules look at. */
export interface LintContext {
  curriculum: CurriculumRead;
  /** What is published so far. */
  published: CurriculumRead | undefined;
  /** New ids are refused instead of being written into the lock. */
  immutable: boolean;
}

/** What a rule found: where, and what to do. */
export interface Found extends Place {
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
  module: ModuleRead;
  quiz: Read<QuizFile>;
  question: Question;
  at: Step[];
  line: number;
}

/** Every question of a curriculum that is not retired. */
export function* questionsOf(
  curriculum: CurriculumRead,
): Generator<QuestionAt> {
  for (const module of curriculum.modules) {
    for (const quiz of module.quizzes) {
      for (const pool of poolsOf(quiz.value)) {
        for (const [index, question] of pool.questions.entries()) {
          const at = [...pool.at, 'questions', index];
          const line = quiz.lineOf([...at, 'id']);
          yield { module, quiz, question, at, line };
        }
      }
    }
  }
}

/** Those that may still be drawn. */
export function* drawable(curriculum: CurriculumRead): Generator<QuestionAt> {
  for (const each of questionsOf(curriculum)) {
    if (each.question.status !== 'retired') yield each;
  }
}

/** Texts in Markdown, with the line they begin at. */
export function* textsOf(
  curriculum: CurriculumRead,
): Generator<Place & { markdown: string; offset: number }> {
  for (const module of curriculum.modules) {
    for (const { path, markdown, offset } of module.lessons) {
      yield { path, line: offset, markdown, offset };
    }
  }
  for (const { quiz, question, at } of questionsOf(curriculum)) {
    const text = (steps: Step[], markdown: string) => {
      const line = quiz.lineOf([...at, ...steps]);
      return { path: quiz.path, line, markdown, offset: line - 1 };
    };
    yield text(['stem'], question.stem);
    if ('options' in question) {
      for (const [index, option] of question.options.entries()) {
        yield text(['options', index, 'text'], option.text);
        yield text(['options', index, 'explanation'], option.explanation);
      }
    }
    if ('explanation' in question) {
      yield text(['explanation'], question.explanation);
    }
    if (question.type === 'matching') {
      for (const [index, pair] of question.pairs.entries()) {
        yield text(['pairs', index, 'left'], pair.left);
        yield text(['pairs', index, 'right'], pair.right);
      }
      for (const [index, right] of (question.rights ?? []).entries()) {
        yield text(['rights', index], right);
      }
    }
  }
}
