import { defineRoute, isoSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { dojoLearnPermission, dojoReadPermission } from '../permissions';
import {
  answersSchema,
  attemptSchema,
  curriculumEntrySchema,
  dojoIdSchema,
  drawingSchema,
  headingSchema,
  lessonEntrySchema,
  moduleEntrySchema,
  nextStepSchema,
  quizEntrySchema,
  readAsSchema,
} from './values';

const seq = z.number().int().min(1).max(1_000_000_000);

/** Answer of `getDojo`. @public */
export const dojoSchema = z.object({
  asOf: isoSchema,
  curricula: z.array(curriculumEntrySchema),
  /** Nothing is left, or nothing is there. */
  next: nextStepSchema.nullable(),
  /** The learner keeps progress; guests do not. */
  keepsProgress: z.boolean(),
});
/** See {@link dojoSchema}. @public */
export type Dojo = z.infer<typeof dojoSchema>;

/** Answer of `getModule`. @public */
export const moduleSchema = moduleEntrySchema.extend({
  asOf: isoSchema,
  /** What a learner can do afterwards. */
  objectives: z.array(z.string()),
  /** Title of the belt it is of. */
  belt: z.string().nullable(),
  /** Language of its texts. */
  locale: z.string(),
  /** The learner keeps progress; guests do not. */
  keepsProgress: z.boolean(),
  lessons: z.array(lessonEntrySchema),
  quizzes: z.array(quizEntrySchema),
});
/** See {@link moduleSchema}. @public */
export type Module = z.infer<typeof moduleSchema>;

/** Answer of `getLesson`. @public */
export const lessonSchema = lessonEntrySchema.extend({
  module: z.object({ slug: z.string(), title: z.string() }),
  /** Language of its text. */
  locale: z.string(),
  /** The learner keeps progress; guests do not. */
  keepsProgress: z.boolean(),
  /** CommonMark with tables, without any HTML. */
  markdown: z.string(),
  /** Its outline. */
  headings: z.array(headingSchema),
  /** Drawings by the address the text has for them. */
  drawings: z.record(z.string(), drawingSchema),
  /** The lesson before, in the same module. */
  previous: z.object({ name: z.string(), title: z.string() }).nullable(),
  /** The lesson after, in the same module. */
  following: z.object({ name: z.string(), title: z.string() }).nullable(),
  /** Its quizzes, which come after the last lesson. */
  quizzes: z.array(z.object({ slug: z.string(), title: z.string() })),
});
/** See {@link lessonSchema}. @public */
export type Lesson = z.infer<typeof lessonSchema>;

const lessonName = z.strictObject({
  module: dojoIdSchema,
  lesson: dojoIdSchema,
});

/**
 * The HTTP API of the dojo. What a learner does is told in bodies, so that
 * addresses in logs do not say who learns what.
 * @public
 */
export const dojoRoutes = {
  getDojo: defineRoute({
    method: 'get',
    path: '/dojo',
    summary: 'Belts and modules, and where the caller stands',
    answer: dojoSchema,
    who: ['user', 'service'],
    needs: [dojoReadPermission],
    audit: 'curriculum',
  }),
  getModule: defineRoute({
    method: 'get',
    path: '/modules/:module',
    summary: 'A module with its parts',
    answer: moduleSchema,
    who: ['user', 'service'],
    needs: [dojoReadPermission],
    audit: 'curriculum',
  }),
  getLesson: defineRoute({
    method: 'get',
    path: '/modules/:module/lessons/:lesson',
    summary: 'A lesson to read',
    answer: lessonSchema,
    who: ['user', 'service'],
    needs: [dojoReadPermission],
    audit: 'curriculum',
  }),
  openLesson: defineRoute({
    method: 'post',
    path: '/lessons/opened',
    summary: 'Say that a lesson was opened',
    body: lessonName,
    who: ['user'],
    needs: [dojoReadPermission, dojoLearnPermission],
    audit: 'lesson',
    action: 'read',
    severity: 'low',
  }),
  finishLesson: defineRoute({
    method: 'post',
    path: '/lessons/finished',
    summary: 'Say that a lesson was read to its end',
    body: lessonName,
    who: ['user'],
    needs: [dojoReadPermission, dojoLearnPermission],
    audit: 'lesson',
    action: 'read',
    severity: 'low',
  }),
  startAttempt: defineRoute({
    method: 'post',
    path: '/attempts',
    summary: 'Begin a quiz, or go on where it was left',
    body: z.strictObject({
      /** Id of the quiz. */
      quiz: dojoIdSchema,
    }),
    answer: attemptSchema,
    status: 201,
    who: ['user'],
    needs: [dojoReadPermission, dojoLearnPermission],
    audit: 'attempt',
    action: 'start',
    severity: 'low',
  }),
  getAttempt: defineRoute({
    method: 'get',
    path: '/attempts/:attempt',
    summary: "One of the caller's own attempts",
    answer: attemptSchema,
    who: ['user'],
    needs: [dojoReadPermission, dojoLearnPermission],
    audit: 'attempt',
  }),
  saveAttempt: defineRoute({
    method: 'put',
    path: '/attempts/:attempt/answers',
    summary: 'Save what is answered so far; of several, the highest seq counts',
    body: z.strictObject({ seq, answers: answersSchema }),
    limit: 256 * 1024,
    answer: z.object({
      asOf: isoSchema,
      seq: z.number().int(),
      savedAt: isoSchema,
      readAs: z.array(readAsSchema),
    }),
    who: ['user'],
    needs: [dojoReadPermission, dojoLearnPermission],
    audit: 'attempt',
    action: 'save',
    severity: 'low',
  }),
  submitAttempt: defineRoute({
    method: 'post',
    path: '/attempts/:attempt/submit',
    summary: 'End an attempt and have it graded',
    body: z.strictObject({ seq, answers: answersSchema }),
    limit: 256 * 1024,
    answer: attemptSchema,
    who: ['user'],
    needs: [dojoReadPermission, dojoLearnPermission],
    audit: 'attempt',
    action: 'submit',
    severity: 'low',
  }),
};

/** The routes of the dojo by name. @public */
export type DojoRoutes = typeof dojoRoutes;
