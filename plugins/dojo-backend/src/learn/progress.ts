import type { Standing } from '@fawkes/backstage-plugin-dojo-common';
import type {
  PublishedModule,
  PublishedQuiz,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { Knex } from 'knex';
import {
  tables,
  type AttemptRow,
  type Completion,
  type LessonRead,
} from '../store/tables';
import type { KeptResult } from './result';

/** Attempts without what was asked and answered. */
type Ended = Pick<
  AttemptRow,
  'id' | 'quiz_id' | 'number' | 'ended_at' | 'passed' | 'result'
>;

/** What one learner has done. */
export class Progress {
  private constructor(
    private readonly reads: readonly LessonRead[],
    private readonly attempts: readonly Ended[],
    private readonly completions: readonly Completion[],
  ) {}

  /** Of a learner; nothing for who is none. */
  static async of(db: Knex, learner: string | undefined): Promise<Progress> {
    if (learner === undefined) return new Progress([], [], []);
    const own = { learner_id: learner };
    const [reads, attempts, completions] = await Promise.all([
      db(tables.lessonReads.name).where(own),
      db(tables.attempts.name)
        .where(own)
        .orderBy('number', 'desc')
        .select('id', 'quiz_id', 'number', 'ended_at', 'passed', 'result'),
      db(tables.completions.name).where(own),
    ]);
    return new Progress(reads, attempts, completions);
  }

  /** When a lesson was read to its end. */
  readAt(module: PublishedModule, lesson: string): number | null {
    return this.#read(module, lesson)?.read_at ?? null;
  }

  #read(module: PublishedModule, lesson: string): LessonRead | undefined {
    return this.reads.find(
      row => row.module_id === module.id && row.lesson === lesson,
    );
  }

  /** Newest first. */
  attemptsAt(quiz: PublishedQuiz): Ended[] {
    return this.attempts.filter(row => row.quiz_id === quiz.id);
  }

  /** When a quiz was passed first. */
  passedAt(quiz: PublishedQuiz): number | null {
    const passed = this.attemptsAt(quiz).filter(row => row.passed);
    return passed[passed.length - 1]?.ended_at ?? null;
  }

  standingAt(quiz: PublishedQuiz): Standing {
    if (this.passedAt(quiz) !== null) return 'done';
    return this.attemptsAt(quiz).length > 0 ? 'started' : 'new';
  }

  /** Lessons that the last attempt missed and that were not opened since. */
  toOpen(module: PublishedModule, quiz: PublishedQuiz): string[] {
    const [last] = this.attemptsAt(quiz);
    if (!last?.result || last.ended_at === null) return [];
    const { missed } = JSON.parse(last.result) as KeptResult;
    return missed.filter(name => {
      const opened = this.#read(module, name)?.opened_at ?? -1;
      return opened < last.ended_at!;
    });
  }

  parts(module: PublishedModule): { done: number; all: number } {
    const lessons = module.lessons.filter(
      ({ name }) => this.readAt(module, name) !== null,
    );
    const quizzes = module.quizzes.filter(quiz => this.passedAt(quiz) !== null);
    return {
      done: lessons.length + quizzes.length,
      all: module.lessons.length + module.quizzes.length,
    };
  }

  standing(module: PublishedModule): Standing {
    if (this.completions.some(row => row.module_id === module.id))
      return 'done';
    const begun =
      this.reads.some(row => row.module_id === module.id) ||
      module.quizzes.some(quiz => this.attemptsAt(quiz).length > 0);
    return begun ? 'started' : 'new';
  }
}
