import type {
  LabEntry,
  LessonEntry,
  ModuleEntry,
  QuizEntry,
} from '@fawkes/backstage-plugin-dojo-common';
import {
  MINUTES_A_QUESTION,
  type PublishedLab,
  type PublishedLesson,
  type PublishedModule,
  type PublishedQuiz,
} from '@fawkes/backstage-plugin-dojo-common/rules';
import { iso } from './iso';
import type { Progress } from './progress';

/** A module in a list, with where the learner stands. */
export function toModule(
  module: PublishedModule,
  progress: Progress,
): ModuleEntry {
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

/** A lesson in a list. */
export function toLesson(
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

/** A quiz in a list. */
export function toQuiz(quiz: PublishedQuiz, progress: Progress): QuizEntry {
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

/** A lab in a list. */
export function toLab(lab: PublishedLab, progress: Progress): LabEntry {
  const passedAt = progress.labPassedAt(lab);
  return {
    id: lab.id,
    slug: lab.slug,
    title: lab.title,
    minutes: lab.minutes,
    total: lab.total,
    required: lab.required,
    passPercent: lab.passPercent,
    gate: lab.gate,
    standing: progress.labStandingAt(lab),
    passedAt: passedAt === null ? null : iso(passedAt),
  };
}
