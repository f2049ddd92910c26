import { NotFoundError } from '@backstage/errors';
import {
  sayDojo,
  type Dojo,
  type Lesson,
  type LessonEntry,
  type Module,
  type ModuleEntry,
  type NextStep,
  type QuizEntry,
} from '@fawkes/backstage-plugin-dojo-common';
import type {
  PublishedCurriculum,
  PublishedLesson,
  PublishedModule,
  PublishedQuiz,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { saidError } from '@fawkes/kit-contract';
import { MINUTES_A_QUESTION } from './attempts';
import type { LearnDeps } from './deps';
import { findLearner, keepsProgress } from './learners';
import { Progress } from './progress';

/** Belts and modules, with where a person stands. */
export async function readDojo(
  userRef: string | undefined,
  { db, library, now }: LearnDeps,
): Promise<Dojo> {
  const shelves = await library.shelves();
  const progress = await Progress.of(db, await findLearner(db, userRef));
  return {
    asOf: iso(now()),
    keepsProgress: keepsProgress(userRef),
    next: nextStep(
      shelves.map(({ content }) => content),
      progress,
    ),
    curricula: shelves.map(({ content }) => ({
      id: content.id,
      slug: content.slug,
      title: content.title,
      version: content.version,
      locale: content.locale,
      belts: content.belts.map(belt => ({
        slug: belt.slug,
        title: belt.title,
        colour: belt.colour,
        certificate: belt.certificate,
        inPreparation: belt.inPreparation,
        objectives: belt.objectives,
        modules: modulesOf(content, belt.modules).map(module =>
          toModule(module, progress),
        ),
        planned: belt.planned
          .filter(({ id }) => !content.modules.some(each => each.id === id))
          .map(({ title, minutes }) => ({ title, minutes })),
      })),
    })),
  };
}

/** A module with its parts. */
export async function readModule(
  userRef: string | undefined,
  slug: string,
  { db, library, now }: LearnDeps,
): Promise<Module> {
  const found = await library.module(slug);
  if (!found) throw saidError(NotFoundError, sayDojo('module.not_found'));
  const { module, content } = found;
  const progress = await Progress.of(db, await findLearner(db, userRef));
  const belt = content.belts.find(each => each.slug === module.belt);
  return {
    ...toModule(module, progress),
    asOf: iso(now()),
    objectives: module.objectives,
    belt: belt?.title ?? null,
    locale: content.locale,
    keepsProgress: keepsProgress(userRef),
    lessons: module.lessons.map(lesson => toLesson(module, lesson, progress)),
    quizzes: module.quizzes.map(quiz => toQuiz(quiz, progress)),
  };
}

/** A lesson to read. */
export async function readLesson(
  userRef: string | undefined,
  named: { module: string; lesson: string },
  { db, library }: LearnDeps,
): Promise<Lesson> {
  const found = await library.module(named.module);
  if (!found) throw saidError(NotFoundError, sayDojo('module.not_found'));
  const { module, content } = found;
  const index = module.lessons.findIndex(({ name }) => name === named.lesson);
  if (index < 0) throw saidError(NotFoundError, sayDojo('lesson.not_found'));
  const progress = await Progress.of(db, await findLearner(db, userRef));
  const lesson = module.lessons[index];
  const entry = (other: PublishedLesson | undefined) =>
    other ? { name: other.name, title: other.title } : null;
  return {
    ...toLesson(module, lesson, progress),
    module: { slug: module.slug, title: module.title },
    locale: content.locale,
    keepsProgress: keepsProgress(userRef),
    markdown: lesson.markdown,
    headings: lesson.headings,
    drawings: lesson.drawings,
    previous: entry(module.lessons[index - 1]),
    following: entry(module.lessons[index + 1]),
    quizzes: module.quizzes.map(({ slug, title }) => ({ slug, title })),
  };
}

function modulesOf(
  { modules }: PublishedCurriculum,
  slugs: readonly string[],
): PublishedModule[] {
  return slugs.flatMap(slug => modules.find(each => each.slug === slug) ?? []);
}

function toModule(module: PublishedModule, progress: Progress): ModuleEntry {
  return {
    id: module.id,
    slug: module.slug,
    title: module.title,
    summary: module.summary,
    minutes: module.minutes,
    version: module.version,
    optional: module.optional,
    standing: progress.standing(module),
    parts: progress.parts(module),
    after: module.after,
  };
}

function toLesson(
  module: PublishedModule,
  { name, title, minutes, required }: PublishedLesson,
  progress: Progress,
): LessonEntry {
  const readAt = progress.readAt(module, name);
  return {
    name,
    title,
    minutes,
    required,
    readAt: readAt === null ? null : iso(readAt),
  };
}

function toQuiz(quiz: PublishedQuiz, progress: Progress): QuizEntry {
  const [last] = progress.attemptsAt(quiz);
  const passedAt = progress.passedAt(quiz);
  return {
    id: quiz.id,
    slug: quiz.slug,
    title: quiz.title,
    minutes: quiz.minutes,
    questions: quiz.questions,
    total: quiz.total,
    required: quiz.required,
    passPercent: quiz.passPercent,
    gate: quiz.gate,
    clockMinutes: quiz.questions * MINUTES_A_QUESTION,
    standing: progress.standingAt(quiz),
    passedAt: passedAt === null ? null : iso(passedAt),
    lastAttempt: last
      ? { id: last.id, state: last.ended_at === null ? 'open' : 'ended' }
      : null,
  };
}

/** One thing to do next: what is open, then the first module that is not done. */
export function nextStep(
  curricula: readonly PublishedCurriculum[],
  progress: Progress,
): NextStep | null {
  const modules = curricula.flatMap(content =>
    content.belts.flatMap(belt => modulesOf(content, belt.modules)),
  );
  for (const module of modules) {
    const open = module.quizzes.find(
      quiz => progress.attemptsAt(quiz)[0]?.ended_at === null,
    );
    if (open) return stepTo('attempt', module, open.slug, open);
  }
  const module = modules.find(each => progress.standing(each) !== 'done');
  if (!module) return null;
  for (const quiz of module.quizzes) {
    const [first] = progress.toOpen(module, quiz);
    const lesson = module.lessons.find(({ name }) => name === first);
    if (lesson && progress.passedAt(quiz) === null) {
      return stepTo('corrective', module, lesson.name, lesson);
    }
  }
  const unread = module.lessons.find(
    ({ name }) => progress.readAt(module, name) === null,
  );
  if (unread) return stepTo('lesson', module, unread.name, unread);
  const quiz = module.quizzes.find(each => progress.passedAt(each) === null);
  return quiz ? stepTo('quiz', module, quiz.slug, quiz) : null;
}

function stepTo(
  kind: NextStep['kind'],
  module: PublishedModule,
  part: string,
  { title, minutes }: { title: string; minutes: number },
): NextStep {
  return {
    kind,
    module: module.slug,
    moduleTitle: module.title,
    part,
    title,
    minutes,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
