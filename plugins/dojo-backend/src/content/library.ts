import type {
  PublishedCurriculum,
  PublishedModule,
  PublishedQuiz,
  Question,
  QuizKeys,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { Knex } from 'knex';
import { tables } from '../store/tables';

/** A quiz with the module it is of. */
export interface FoundQuiz {
  module: PublishedModule;
  quiz: PublishedQuiz;
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
  ) {}

  /** A quiz by its id. */
  findQuiz(id: string): FoundQuiz | undefined {
    for (const module of this.content.modules) {
      const quiz = module.quizzes.find(each => each.id === id);
      if (quiz) return { module, quiz };
    }
    return undefined;
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
  async module(
    slug: string,
  ): Promise<
    { content: PublishedCurriculum; module: PublishedModule } | undefined
  > {
    for (const { content } of await this.shelves()) {
      const module = content.modules.find(each => each.slug === slug);
      if (module) return { content, module };
    }
    return undefined;
  }

  /** The revision that shows a quiz at the moment. */
  async showing(quiz: string): Promise<Revision | undefined> {
    const shelves = await this.shelves();
    return shelves.find(revision => revision.findQuiz(quiz));
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
      .first('revisions.content', 'revision_keys.keys');
    return new Revision(id, JSON.parse(row.content), JSON.parse(row.keys));
  }
}
