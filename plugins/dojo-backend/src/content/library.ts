import type {
  PublishedCurriculum,
  PublishedModule,
  PublishedQuiz,
  Question,
  QuizKeys,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import type { Knex } from 'knex';
import { tables } from '../store/tables';

/** A curriculum as it is at the moment. */
export interface Shelf {
  revision: string;
  content: PublishedCurriculum;
}

/** A quiz with the module it is of. */
export interface FoundQuiz {
  revision: string;
  module: PublishedModule;
  quiz: PublishedQuiz;
}

const MOST_REVISIONS = 50;

/**
 * Published revisions. They never change, so that each replica keeps those it
 * has read; which of them is shown is asked each time.
 */
export class Library {
  readonly #content = new Map<string, Promise<PublishedCurriculum>>();
  readonly #keys = new Map<string, Promise<Record<string, QuizKeys>>>();

  constructor(private readonly db: Knex) {}

  /** What is shown, in the order of their ids. */
  async shelves(): Promise<Shelf[]> {
    const rows = await this.db(tables.curricula.name).orderBy('id');
    return Promise.all(
      rows.map(async ({ revision_id: revision }) => ({
        revision,
        content: await this.content(revision),
      })),
    );
  }

  /** A module by its slug. */
  async module(
    slug: string,
  ): Promise<{ shelf: Shelf; module: PublishedModule } | undefined> {
    for (const shelf of await this.shelves()) {
      const module = shelf.content.modules.find(each => each.slug === slug);
      if (module) return { shelf, module };
    }
    return undefined;
  }

  /** A quiz by its id, as it is shown at the moment. */
  async quiz(id: string): Promise<FoundQuiz | undefined> {
    for (const { revision, content } of await this.shelves()) {
      const found = quizIn(content, id);
      if (found) return { revision, ...found };
    }
    return undefined;
  }

  /** The same in one revision, which an attempt has pinned. */
  async pinnedQuiz(revision: string, id: string): Promise<FoundQuiz> {
    const found = quizIn(await this.content(revision), id);
    if (!found) throw new Error(`Revision ${revision} lost a quiz`);
    return { revision, ...found };
  }

  /** The pools of a quiz with their keys. */
  async pools(revision: string, quiz: string): Promise<QuizKeys['pools']> {
    const keys = await this.#read(this.#keys, revision, async () => {
      const row = await this.db(tables.revisionKeys.name)
        .where({ revision_id: revision })
        .first('keys');
      return JSON.parse(row.keys);
    });
    return keys[quiz].pools;
  }

  /** Questions of a quiz by their ids, in their order. */
  async questions(
    revision: string,
    quiz: string,
    ids: readonly string[],
  ): Promise<Question[]> {
    const pools = await this.pools(revision, quiz);
    const all = new Map(
      pools.flatMap(({ questions }) => questions).map(each => [each.id, each]),
    );
    return ids.map(id => all.get(id)!);
  }

  content(revision: string): Promise<PublishedCurriculum> {
    return this.#read(this.#content, revision, async () => {
      const row = await this.db(tables.revisions.name)
        .where({ id: revision })
        .first('content');
      return JSON.parse(row.content);
    });
  }

  #read<T>(
    cache: Map<string, Promise<T>>,
    revision: string,
    load: () => Promise<T>,
  ): Promise<T> {
    const known = cache.get(revision);
    if (known) return known;
    const loading = load();
    // What could not be read is asked for again.
    loading.catch(() => cache.delete(revision));
    cache.set(revision, loading);
    const [oldest] = cache.keys();
    if (cache.size > MOST_REVISIONS) cache.delete(oldest);
    return loading;
  }
}

function quizIn(content: PublishedCurriculum, id: string) {
  for (const module of content.modules) {
    const quiz = module.quizzes.find(each => each.id === id);
    if (quiz) return { module, quiz };
  }
  return undefined;
}
