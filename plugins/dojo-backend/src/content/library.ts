import type {
  LabKeys,
  PublishedBelt,
  PublishedCurriculum,
  PublishedExam,
  PublishedLab,
  PublishedModule,
  PublishedQuiz,
  Question,
  QuizKeys,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { MINUTES_A_QUESTION } from '@fawkes/backstage-plugin-dojo-common/rules';
import type { Knex } from 'knex';
import { tables } from '../store/tables';

/** An exam with its belt. */
export interface FoundExam {
  belt: PublishedBelt;
  exam: PublishedExam;
}

/** A lab with the module it is of, or the exam. */
export interface FoundLab {
  module: PublishedModule | null;
  exam: FoundExam | null;
  lab: PublishedLab;
}

/** A quiz with the module it is of, or the questions of an exam. */
export interface FoundQuiz {
  module: PublishedModule | null;
  exam: FoundExam | null;
  quiz: PublishedQuiz;
  /** Minutes on the clock. */
  clockMinutes: number;
  /** What its questions are about: lessons of its module, or whole modules. */
  sections: ReadonlyArray<{ name: string; title: string }>;
}

/**
 * A revision with what grades it. It is read before a transaction begins: inside
 * of one, SQLite has no second connection to read by.
 */
export class Revision {
  constructor(
    readonly id: string,
    readonly content: PublishedCurriculum,
    private readonly keys: Readonly<Record<string, QuizKeys>>,
    private readonly labs: Readonly<Record<string, LabKeys>>,
  ) {}

  /** A lab by its id. */
  findLab(id: string): FoundLab | undefined {
    for (const module of this.content.modules) {
      const lab = module.labs.find(each => each.id === id);
      if (lab) return { module, exam: null, lab };
    }
    for (const exam of this.content.exams) {
      const lab = exam.labs.find(each => each.id === id);
      if (lab) return { module: null, exam: this.#withBelt(exam), lab };
    }
    return undefined;
  }

  /** The exam of a belt. */
  examOf(belt: string): FoundExam | undefined {
    const exam = this.content.exams.find(each => each.belt === belt);
    return exam && this.#withBelt(exam);
  }

  #withBelt(exam: PublishedExam): FoundExam {
    const belt = this.content.belts.find(each => each.slug === exam.belt);
    if (!belt) throw new Error(`Revision ${this.id} lost a belt`);
    return { belt, exam };
  }

  /** The lab of a run, which is there for as long as the revision is. */
  lab(id: string): FoundLab {
    const found = this.findLab(id);
    if (!found) throw new Error(`Revision ${this.id} lost a lab`);
    return found;
  }

  /** What a step of a lab looks for, and what to do where it is not there. */
  step(lab: string, step: string): LabKeys['checks'][string] {
    return this.labs[lab].checks[step];
  }

  /** A quiz by its id. */
  findQuiz(id: string): FoundQuiz | undefined {
    for (const module of this.content.modules) {
      const quiz = module.quizzes.find(each => each.id === id);
      if (quiz) {
        return {
          module,
          exam: null,
          quiz,
          clockMinutes: quiz.questions * MINUTES_A_QUESTION,
          sections: module.lessons,
        };
      }
    }
    const exam = this.content.exams.find(each => each.id === id);
    return exam && this.#questionsOf(this.#withBelt(exam));
  }

  /** The questions of an exam, as a quiz that is no pass by itself. */
  #questionsOf({ belt, exam }: FoundExam): FoundQuiz {
    return {
      module: null,
      exam: { belt, exam },
      quiz: {
        id: exam.id,
        slug: exam.slug,
        title: exam.title,
        minutes: exam.clockMinutes,
        questions: exam.questions,
        total: exam.questionPoints,
        required: exam.required,
        passPercent: exam.passPercent,
        gate: false,
        feedback: 'sections',
        attempts: null,
      },
      clockMinutes: exam.clockMinutes,
      sections: this.content.modules.map(({ slug, title }) => ({
        name: slug,
        title,
      })),
    };
  }

  /** The quiz of an attempt, which is there for as long as the revision is. */
  quiz(id: string): FoundQuiz {
    const found = this.findQuiz(id);
    if (!found) throw new Error(`Revision ${this.id} lost a quiz`);
    return found;
  }

  /** The pools of a quiz with their keys. */
  pools(quiz: string): QuizKeys['pools'] {
    return this.keys[quiz].pools;
  }

  /** Questions of a quiz by their ids, in their order. */
  questions(quiz: string, ids: readonly string[]): Question[] {
    const all = new Map(
      this.pools(quiz)
        .flatMap(({ questions }) => questions)
        .map(each => [each.id, each]),
    );
    return ids.map(id => all.get(id)!);
  }
}

const MOST_REVISIONS = 50;

/**
 * Published revisions. They never change, so that each replica keeps those it
 * has read; which of them is shown is asked each time.
 */
export class Library {
  readonly #revisions = new Map<string, Promise<Revision>>();

  constructor(private readonly db: Knex) {}

  /** What is shown, in the order of their ids. */
  async shelves(): Promise<Revision[]> {
    const rows = await this.db(tables.curricula.name).orderBy('id');
    return Promise.all(
      rows.map(({ revision_id: revision }) => this.revision(revision)),
    );
  }

  /** A module by its slug. */
  async module(slug: string): Promise<
    | {
        revision: Revision;
        content: PublishedCurriculum;
        module: PublishedModule;
      }
    | undefined
  > {
    for (const revision of await this.shelves()) {
      const { content } = revision;
      const module = content.modules.find(each => each.slug === slug);
      if (module) return { revision, content, module };
    }
    return undefined;
  }

  /** The revision that shows a quiz at the moment. */
  async showing(quiz: string): Promise<Revision | undefined> {
    const shelves = await this.shelves();
    return shelves.find(revision => revision.findQuiz(quiz));
  }

  /** The revision that shows a lab at the moment. */
  async showingLab(lab: string): Promise<Revision | undefined> {
    const shelves = await this.shelves();
    return shelves.find(revision => revision.findLab(lab));
  }

  /** A belt by its slug. */
  async belt(
    slug: string,
  ): Promise<{ shelf: Revision; belt: PublishedBelt } | undefined> {
    for (const shelf of await this.shelves()) {
      const belt = shelf.content.belts.find(each => each.slug === slug);
      if (belt) return { shelf, belt };
    }
    return undefined;
  }

  /** One revision, shown or not. */
  revision(id: string): Promise<Revision> {
    const known = this.#revisions.get(id);
    if (known) return known;
    const loading = this.#load(id);
    // What could not be read is asked for again.
    loading.catch(() => this.#revisions.delete(id));
    this.#revisions.set(id, loading);
    const [oldest] = this.#revisions.keys();
    if (this.#revisions.size > MOST_REVISIONS) this.#revisions.delete(oldest);
    return loading;
  }

  async #load(id: string): Promise<Revision> {
    const row = await this.db(tables.revisions.name)
      .join('revision_keys', 'revision_keys.revision_id', 'revisions.id')
      .where('revisions.id', id)
      .first(
        'revisions.content',
        'revision_keys.keys',
        'revision_keys.labs as labs',
      );
    const content: PublishedCurriculum = JSON.parse(row.content);
    return new Revision(
      id,
      {
        ...content,
        // Revisions of before there were labs say nothing of them.
        modules: content.modules.map(module => ({
          ...module,
          labs: module.labs ?? [],
        })),
        // Nor of exams.
        exams: content.exams ?? [],
      },
      JSON.parse(row.keys),
      JSON.parse(row.labs),
    );
  }
}
