import { NotFoundError } from '@backstage/errors';
import {
  sayDojo,
  type Dojo,
  type Lab,
  type Lesson,
  type Module,
} from '@fawkes/backstage-plugin-dojo-common';
import type {
  PublishedLab,
  PublishedLesson,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { saidError } from '@fawkes/kit-contract';
import { knownOf, toBeltEntry } from '../belts/view';
import type { Revision } from '../content/library';
import type { LearnDeps } from './deps';
import { toLab, toLesson, toModule, toQuiz } from './entries';
import { iso } from './iso';
import { findLearner, keepsProgress } from './learners';
import { chooseSubjects } from './needs';
import { nextStep } from './nextStep';
import { Progress } from './progress';
import { lastRun, type Doer } from './runs';

/** Belts and modules, with where a person stands. */
export async function readDojo(
  userRef: string | undefined,
  deps: LearnDeps,
): Promise<Dojo> {
  const { db, library, now } = deps;
  const shelves = await library.shelves();
  const learner = await findLearner(db, userRef);
  const known = await Promise.all(
    shelves.map(({ content }) => knownOf(learner, content, deps)),
  );
  return {
    asOf: iso(now()),
    keepsProgress: keepsProgress(userRef),
    next: nextStep(
      shelves.map((shelf, index) => ({ shelf, known: known[index] })),
      deps,
    ),
    curricula: shelves.map((shelf, index) => ({
      id: shelf.content.id,
      slug: shelf.content.slug,
      title: shelf.content.title,
      version: shelf.content.version,
      locale: shelf.content.locale,
      belts: shelf.content.belts.map(belt =>
        toBeltEntry(shelf, belt, known[index], deps),
      ),
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
    labs: module.labs.map(lab => toLab(lab, progress)),
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
    labs: module.labs.map(({ slug, title }) => ({ slug, title })),
  };
}

/** A lab with its task, what it needs here, and the caller's own last run. */
export async function readLab(
  { userRef, credentials }: Partial<Doer> & Pick<Doer, 'credentials'>,
  named: { module: string; lab: string },
  deps: LearnDeps,
): Promise<Lab> {
  const found = await deps.library.module(named.module);
  if (!found) throw saidError(NotFoundError, sayDojo('module.not_found'));
  const { module, content, revision } = found;
  const lab = module.labs.find(({ slug }) => slug === named.lab);
  if (!lab) throw saidError(NotFoundError, sayDojo('lab.not_found'));
  const { slug, title } = module;
  const around = { lab, revision, locale: content.locale };
  const place = { module: { slug, title }, belt: null };
  return showLab({ userRef, credentials }, { ...around, ...place }, deps);
}

/** A lab of an exam, as {@link readLab} shows one of a module. */
export async function readExamLab(
  doer: Partial<Doer> & Pick<Doer, 'credentials'>,
  named: { belt: string; lab: string },
  deps: LearnDeps,
): Promise<Lab> {
  const found = await deps.library.belt(named.belt);
  if (!found) throw saidError(NotFoundError, sayDojo('belt.not_found'));
  const { shelf, belt } = found;
  const lab = shelf
    .examOf(belt.slug)
    ?.exam.labs.find(({ slug }) => slug === named.lab);
  if (!lab) throw saidError(NotFoundError, sayDojo('lab.not_found'));
  const around = { lab, revision: shelf, locale: shelf.content.locale };
  const place = { module: null, belt: { slug: belt.slug, title: belt.title } };
  return showLab(doer, { ...around, ...place }, deps);
}

async function showLab(
  { userRef, credentials }: Partial<Doer> & Pick<Doer, 'credentials'>,
  {
    lab,
    revision,
    module,
    belt,
    locale,
  }: { lab: PublishedLab; revision: Revision; locale: string } & Pick<
    Lab,
    'module' | 'belt'
  >,
  deps: LearnDeps,
): Promise<Lab> {
  const { db, now } = deps;
  const learner = await findLearner(db, userRef);
  const progress = await Progress.of(db, learner);
  const run = await lastRun(learner, lab.id, deps);
  // What goes on was chosen already, and what is done needs nothing.
  const isOpen =
    run !== null && (run.state === 'open' || run.passedAt !== null);
  const who = { userRef: userRef ?? '', credentials, run: lab.id };
  const needs = isOpen
    ? []
    : (await chooseSubjects({ lab, revision }, who, deps)).needs;
  return {
    ...toLab(lab, progress),
    asOf: iso(now()),
    module,
    belt,
    locale,
    keepsProgress: keepsProgress(userRef),
    markdown: lab.markdown,
    drawings: lab.drawings,
    steps: lab.checks.map(({ id, title, points, required }) => ({
      id,
      title,
      points,
      required,
    })),
    needs,
    run,
  };
}
