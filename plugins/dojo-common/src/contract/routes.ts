import { defineRoute, isoSchema, textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';
import {
  dojoLeadPermission,
  dojoLearnPermission,
  dojoReadPermission,
  dojoReviewPermission,
} from '../permissions';
import { beltSchema } from './belts';
import {
  certificateFileKinds,
  proposalSchema,
  revocationSchema,
} from './certificates';
import { labEntrySchema, labRunSchema, labSchema } from './labs';
import {
  choicesSchema,
  erasureRequestSchema,
  exportSchema,
  mineSchema,
} from './mine';
import { teamLookSchema, teamNameSchema, teamSchema } from './teams';
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
  MAX_ANSWER,
  readableSchema,
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
  labs: z.array(labEntrySchema),
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
  /** Its labs, which come after the quizzes. */
  labs: z.array(z.object({ slug: z.string(), title: z.string() })),
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
  getBelt: defineRoute({
    method: 'get',
    path: '/belts/:belt',
    summary: 'A belt, its exam, and what is left for the caller',
    answer: beltSchema,
    who: ['user', 'service'],
    needs: [dojoReadPermission],
    audit: 'curriculum',
  }),
  getCertificateFile: defineRoute({
    method: 'get',
    path: '/awards/:award/file',
    summary: "The caller's own certificate as a file; nothing is signed by it",
    query: z.object({ kind: z.enum(certificateFileKinds) }),
    bytes: true,
    who: ['user'],
    needs: [dojoReadPermission, dojoLearnPermission],
    audit: 'award',
  }),
  listRevocations: defineRoute({
    method: 'get',
    path: '/revocations',
    summary: 'Awards that were taken back, or are proposed to be',
    answer: z.object({ items: z.array(revocationSchema) }),
    who: ['user'],
    needs: [dojoReadPermission, dojoReviewPermission],
    audit: 'revocation',
  }),
  proposeRevocation: defineRoute({
    method: 'post',
    path: '/revocations',
    summary: 'Propose to take an award back; another person has to confirm it',
    body: proposalSchema,
    answer: z.object({ id: z.string() }),
    status: 201,
    who: ['user'],
    needs: [dojoReadPermission, dojoReviewPermission],
    audit: 'revocation',
    action: 'propose',
    severity: 'high',
  }),
  confirmRevocation: defineRoute({
    method: 'post',
    path: '/revocations/:revocation/confirm',
    summary: 'Take an award back, as the second of two people',
    who: ['user'],
    needs: [dojoReadPermission, dojoReviewPermission],
    audit: 'revocation',
    action: 'confirm',
    severity: 'high',
  }),
  getExamLab: defineRoute({
    method: 'get',
    path: '/belts/:belt/labs/:lab',
    summary: "A lab of an exam with its task, and the caller's own last run",
    answer: labSchema,
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
    summary: 'Begin a quiz or an exam, or go on where it was left',
    body: z.strictObject({
      /** Id of the quiz, or of the exam. */
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
  getLab: defineRoute({
    method: 'get',
    path: '/modules/:module/labs/:lab',
    summary: "A lab with its task, and the caller's own last run",
    answer: labSchema,
    who: ['user', 'service'],
    needs: [dojoReadPermission],
    audit: 'curriculum',
  }),
  startRun: defineRoute({
    method: 'post',
    path: '/runs',
    summary: 'Begin a lab, or go on where it was left',
    body: z.strictObject({
      /** Id of the lab. */
      lab: dojoIdSchema,
      /** Ends the run that goes on, and begins anew. */
      restart: z.boolean().default(false),
    }),
    answer: labRunSchema,
    status: 201,
    who: ['user'],
    needs: [dojoReadPermission, dojoLearnPermission],
    audit: 'run',
    action: 'start',
    severity: 'low',
  }),
  getRun: defineRoute({
    method: 'get',
    path: '/runs/:run',
    summary: "One of the caller's own runs of a lab",
    answer: labRunSchema,
    who: ['user'],
    needs: [dojoReadPermission, dojoLearnPermission],
    audit: 'run',
  }),
  checkRun: defineRoute({
    method: 'post',
    path: '/runs/:run/check',
    summary: 'Look now at every step that has not passed',
    body: z.strictObject({
      /** What was typed in, by the id of the step. */
      answers: z
        .array(
          z.strictObject({ step: dojoIdSchema, text: textUpTo(MAX_ANSWER) }),
        )
        .max(20)
        .default([]),
    }),
    answer: labRunSchema,
    who: ['user'],
    needs: [dojoReadPermission, dojoLearnPermission],
    audit: 'run',
    action: 'check',
    severity: 'low',
  }),
  visitStep: defineRoute({
    method: 'post',
    path: '/runs/:run/visits',
    summary: 'Say that the page of a step was opened',
    body: z.strictObject({
      /** Id of the step. */
      step: dojoIdSchema,
    }),
    answer: labRunSchema,
    who: ['user'],
    needs: [dojoReadPermission, dojoLearnPermission],
    audit: 'run',
    action: 'save',
    severity: 'low',
  }),
  getMine: defineRoute({
    method: 'get',
    path: '/mine',
    summary: 'What is known about the caller, in words, and who looked',
    answer: mineSchema,
    who: ['user'],
    needs: [dojoReadPermission],
    audit: 'person',
  }),
  exportMine: defineRoute({
    method: 'get',
    path: '/mine/export',
    summary: 'Every row about the caller in every table',
    answer: exportSchema,
    who: ['user'],
    needs: [dojoReadPermission],
    audit: 'person',
  }),
  changeChoices: defineRoute({
    method: 'put',
    path: '/mine/choices',
    summary: 'Say what others may see of the caller',
    body: choicesSchema,
    answer: choicesSchema,
    who: ['user'],
    needs: [dojoReadPermission],
    audit: 'person',
    action: 'choose',
    severity: 'low',
  }),
  askErasure: defineRoute({
    method: 'post',
    path: '/mine/erasure',
    summary: 'Ask to be erased, which is done after seven days',
    body: erasureRequestSchema,
    who: ['user'],
    needs: [dojoReadPermission],
    audit: 'person',
    action: 'ask-erasure',
  }),
  cancelErasure: defineRoute({
    method: 'post',
    path: '/mine/erasure/cancel',
    summary: 'Take back what was asked: nothing is erased',
    who: ['user'],
    needs: [dojoReadPermission],
    audit: 'person',
    action: 'cancel-erasure',
  }),
  listTexts: defineRoute({
    method: 'get',
    path: '/texts',
    summary: 'What there is to read, without Markdown, for search',
    answer: z.object({ items: z.array(readableSchema) }),
    who: ['service'],
    needs: [dojoReadPermission],
    audit: 'curriculum',
  }),
  getTeams: defineRoute({
    method: 'get',
    path: '/teams',
    summary:
      'Teams the caller is in or leads, with figures that tell of nobody',
    answer: z.object({ asOf: isoSchema, items: z.array(teamSchema) }),
    who: ['user'],
    needs: [dojoReadPermission],
    audit: 'team',
  }),
  lookAtTeam: defineRoute({
    method: 'post',
    path: '/teams/look',
    summary: 'What members of a team have done, for its lead; they are told',
    body: teamNameSchema,
    answer: teamLookSchema,
    who: ['user'],
    needs: [dojoReadPermission, dojoLeadPermission],
    audit: 'team',
    action: 'look',
  }),
};

/** The routes of the dojo by name. @public */
export type DojoRoutes = typeof dojoRoutes;
