import type { Standing } from '@fawkes/backstage-plugin-dojo-common';
import type {
  PublishedLab,
  PublishedModule,
  PublishedQuiz,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { Knex } from 'knex';
import {
  tables,
  type AttemptRow,
  type Completion,
  type LessonRead,
  type RunRow,
} from '../store/tables';
import type { KeptResult } from './result';

/** Attempts without what was asked and answered. */
type Ended = Pick<
  AttemptRow,
  'id' | 'quiz_id' | 'number' | 'started_at' | 'ended_at' | 'passed' | 'result'
>;

/** Runs without what they were judged by. */
type Done = Pick<RunRow, 'lab_id' | 'passed_at'>;

/** What one learner has done. */
export class Progress {
  private constructor(
    private readonly reads: readonly LessonRead[],
    private readonly attempts: readonly Ended[],
    private readonly completions: readonly Completion[],
    private readonly runs: readonly Done[],
  ) {}

  /** Of a learner; nothing for who is none. */
  static async of(db: Knex, learner: string | undefined): Promise<Progress> {
    if (learner === undefined) return new Progress([], [], [], []);
    const own = { learner_id: learner };
    const [reads, attempts, completions, runs] = await Promise.all([
      db(tables.lessonReads.name).where(own),
      db(tables.attempts.name)
        .where(own)
        .orderBy('number', 'desc')
        .select(
          'id',
          'quiz_id',
          'number',
          'started_at',
          'ended_at',
          'passed',
          'result',
        ),
      db(tables.completions.name).where(own),
      db(tables.labRuns.name)
        .where(own)
        .orderBy('started_at')
        .select('lab_id', 'passed_at'),
    ]);
    return new Progress(reads, attempts, completions, runs);
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
  attemptsAt(quiz: { id: string }): Ended[] {
    return this.attempts.filter(row => row.quiz_id === quiz.id);
  }

  /** An attempt at it goes on. */
  isOpen(quiz: { id: string }): boolean {
    return this.attemptsAt(quiz)[0]?.ended_at === null;
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

  /** When a lab was passed first. */
  labPassedAt(lab: PublishedLab): number | null {
    const moments = this.runs.flatMap(row =>
      row.lab_id === lab.id && row.passed_at !== null ? [row.passed_at] : [],
    );
    return moments.length > 0 ? Math.min(...moments) : null;
  }

  labStandingAt(lab: PublishedLab): Standing {
    if (this.labPassedAt(lab) !== null) return 'done';
    return this.runs.some(row => row.lab_id === lab.id) ? 'started' : 'new';
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
    const labs = module.labs.filter(lab => this.labPassedAt(lab) !== null);
    const all = [module.lessons, module.quizzes, module.labs];
    return {
      done: lessons.length + quizzes.length + labs.length,
      all: all.reduce((sum, { length }) => sum + length, 0),
    };
  }

  standing(module: PublishedModule): Standing {
    if (this.completions.some(row => row.module_id === module.id))
      return 'done';
    const begun =
      this.reads.some(row => row.module_id === module.id) ||
      module.quizzes.some(quiz => this.attemptsAt(quiz).length > 0) ||
      module.labs.some(lab => this.labStandingAt(lab) !== 'new');
    return begun ? 'started' : 'new';
  }
}
