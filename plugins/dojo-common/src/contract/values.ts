import {
  isoSchema,
  nameSchema,
  saidSchema,
  textUpTo,
} from '@fawkes/kit-contract';
import { z } from 'zod';

/** Longest text a learner writes into an answer that is graded. @public */
export const MAX_ANSWER = 500;
/** Longest text of an answer that nobody grades. @public */
export const MAX_OPEN_ANSWER = 4_000;

/** An id as the dojo gives it out. @public */
export const dojoIdSchema = nameSchema(64);

/** How a question is answered. @public */
export const questionTypeSchema = z.enum([
  'single',
  'multi',
  'ordering',
  'matching',
  'fill',
  'numeric',
  'open',
]);
/** See {@link questionTypeSchema}. @public */
export type QuestionType = z.infer<typeof questionTypeSchema>;

/** Where a learner stands with something. @public */
export const standingSchema = z.enum(['new', 'started', 'done']);
/** See {@link standingSchema}. @public */
export type Standing = z.infer<typeof standingSchema>;

/** An exact number: no float stands between an answer and a pass. @public */
export const fractionSchema = z.object({
  /** Above the line, a whole number. */
  numerator: z.string(),
  /** Below it. */
  denominator: z.string(),
});

/** A lesson in a list. @public */
export const lessonEntrySchema = z.object({
  /** Unique in its module. */
  name: z.string(),
  /** What it is called. */
  title: z.string(),
  /** How long it takes to read. */
  minutes: z.number().int(),
  /** The module is not done without it. */
  required: z.boolean(),
  /** When the learner finished it. */
  readAt: isoSchema.nullable(),
});
/** See {@link lessonEntrySchema}. @public */
export type LessonEntry = z.infer<typeof lessonEntrySchema>;

/** A quiz in a list. @public */
export const quizEntrySchema = z.object({
  /** Never changes. */
  id: z.string(),
  /** Unique in its curriculum. */
  slug: z.string(),
  /** What it is called. */
  title: z.string(),
  /** How long it usually takes. */
  minutes: z.number().int(),
  /** How many questions are drawn. */
  questions: z.number().int(),
  /** Sum of their points. */
  total: z.number().int(),
  /** How many of them pass, for display. */
  required: z.number().int(),
  /** Share that passes, as it is written in the content. */
  passPercent: z.string(),
  /** The module is not done without it. */
  gate: z.boolean(),
  /** Minutes on the clock once it is started. */
  clockMinutes: z.number().int(),
  /** Where the learner stands with it. */
  standing: standingSchema,
  /** When it was passed first. */
  passedAt: isoSchema.nullable(),
  /** The learner's last attempt, which may be going on. */
  lastAttempt: z
    .object({ id: z.string(), state: z.enum(['open', 'ended']) })
    .nullable(),
});
/** See {@link quizEntrySchema}. @public */
export type QuizEntry = z.infer<typeof quizEntrySchema>;

/** A module in a list. @public */
export const moduleEntrySchema = z.object({
  /** Never changes. */
  id: z.string(),
  /** Its name in addresses. */
  slug: z.string(),
  /** What it is called. */
  title: z.string(),
  /** One sentence. */
  summary: z.string(),
  /** How long it takes. */
  minutes: z.number().int(),
  /** Its version. */
  version: z.string(),
  /** Recommended, and no part of the belt. */
  optional: z.boolean(),
  /** Where the learner stands with it. */
  standing: standingSchema,
  /** Parts that are done, and how many there are. */
  parts: z.object({ done: z.number().int(), all: z.number().int() }),
  /** Slugs of the modules that teach what this one builds on. */
  after: z.array(z.string()),
});
/** See {@link moduleEntrySchema}. @public */
export type ModuleEntry = z.infer<typeof moduleEntrySchema>;

/** What comes next for a learner. @public */
export const nextStepSchema = z.object({
  /** What is to be done. */
  kind: z.enum([
    'lesson',
    'quiz',
    'attempt',
    'corrective',
    'lab',
    'exam',
    'exam-lab',
  ]),
  /** Slug of the module; of an exam, that of the belt. */
  module: z.string(),
  /** Title of the module; of an exam, that of the belt. */
  moduleTitle: z.string(),
  /** Name of the lesson, or slug of the quiz, lab or exam. */
  part: z.string(),
  /** Title of the lesson, quiz or lab. */
  title: z.string(),
  /** How long it takes. */
  minutes: z.number().int(),
});
/** See {@link nextStepSchema}. @public */
export type NextStep = z.infer<typeof nextStepSchema>;

/** What is said of a belt. @public */
export const beltEntrySchema = z.object({
  /** Its name in addresses. */
  slug: z.string(),
  /** What it is called. */
  title: z.string(),
  /** One of the colours of belts. */
  colour: z.string(),
  /** What the certificate calls its holder. */
  certificate: z.string(),
  /** Cannot be earned yet. */
  inPreparation: z.boolean(),
  /** What its holder can do. */
  objectives: z.array(z.string()),
  /** Modules that are there. */
  modules: z.array(moduleEntrySchema),
  /** Modules that are being written. */
  planned: z.array(z.object({ title: z.string(), minutes: z.number().int() })),
  /** Lines of what is left for it; null where it cannot be earned yet. */
  left: z.number().int().nullable(),
  /** When the caller earned it. */
  awardedAt: isoSchema.nullable(),
  /** When that was taken back. */
  revokedAt: isoSchema.nullable(),
  /** What is not here and without which it cannot be earned. */
  needs: z.array(saidSchema),
});
/** See {@link beltEntrySchema}. @public */
export type BeltEntry = z.infer<typeof beltEntrySchema>;

/** A curriculum with where the learner stands in it. @public */
export const curriculumEntrySchema = z.object({
  /** Never changes. */
  id: z.string(),
  /** Its name. */
  slug: z.string(),
  /** What it is called. */
  title: z.string(),
  /** Its version. */
  version: z.string(),
  /** Language of its texts. */
  locale: z.string(),
  /** In their order. */
  belts: z.array(beltEntrySchema),
});
/** See {@link curriculumEntrySchema}. @public */
export type CurriculumEntry = z.infer<typeof curriculumEntrySchema>;

/** Something to read, as search knows it: nothing of a check or an exam. @public */
export const readableSchema = z.object({
  /** Slug of the module. */
  module: z.string(),
  /** What the module is called. */
  moduleTitle: z.string(),
  /** Name of the lesson; null for the module itself. */
  lesson: z.string().nullable(),
  /** What it is called. */
  title: z.string(),
  /** Its text, without Markdown. */
  text: z.string(),
  /** Language of its text. */
  locale: z.string(),
});
/** See {@link readableSchema}. @public */
export type Readable = z.infer<typeof readableSchema>;

/** A heading of a lesson. @public */
export const headingSchema = z.object({
  /** What addresses call it. */
  id: z.string(),
  /** Its text. */
  text: z.string(),
  /** 2 or 3. */
  level: z.number().int(),
});

/** A drawing of a lesson, in one colour. @public */
export const drawingSchema = z.object({
  /** SVG of elements that only draw. */
  svg: z.string(),
  /** Its width divided by its height. */
  ratio: z.number().positive(),
});

/** One option as it is shown in one attempt. @public */
export const shownOptionSchema = z.object({
  /** Holds in this attempt only. */
  id: z.string(),
  /** Markdown. */
  text: z.string(),
});
/** See {@link shownOptionSchema}. @public */
export type ShownOption = z.infer<typeof shownOptionSchema>;

/** One question as it is shown in one attempt. @public */
export const shownItemSchema = z.object({
  /** Holds in this attempt only. */
  id: z.string(),
  /** How it is answered. */
  type: questionTypeSchema,
  /** Markdown. */
  stem: z.string(),
  /** What a right answer earns. */
  points: z.number().int(),
  /** To choose from, to order, or the right side of pairs. */
  options: z.array(shownOptionSchema),
  /** The left side of pairs. */
  lefts: z.array(shownOptionSchema),
  /** Units a number may have. */
  units: z.array(z.string()),
});
/** See {@link shownItemSchema}. @public */
export type ShownItem = z.infer<typeof shownItemSchema>;

const ids = z.array(dojoIdSchema).max(40);

/** What a learner answered to one question. @public */
export const answerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('single'), choice: dojoIdSchema }),
  z.strictObject({ type: z.literal('multi'), choices: ids }),
  z.strictObject({ type: z.literal('ordering'), order: ids }),
  z.strictObject({
    type: z.literal('matching'),
    pairs: z
      .array(z.strictObject({ left: dojoIdSchema, right: dojoIdSchema }))
      .max(40),
  }),
  z.strictObject({ type: z.literal('fill'), text: textUpTo(MAX_ANSWER) }),
  z.strictObject({ type: z.literal('numeric'), text: textUpTo(MAX_ANSWER) }),
  z.strictObject({ type: z.literal('open'), text: textUpTo(MAX_OPEN_ANSWER) }),
]);
/** See {@link answerSchema}. @public */
export type Answer = z.infer<typeof answerSchema>;

/** Answers by item. @public */
export const answersSchema = z
  .array(z.strictObject({ item: dojoIdSchema, answer: answerSchema }))
  .max(100);
/** See {@link answersSchema}. @public */
export type Answers = z.infer<typeof answersSchema>;

/** What a number was read as, and nothing of whether it is right. @public */
export const readAsSchema = z.object({
  /** The item. */
  item: z.string(),
  /** The number, with its unit. */
  text: z.string(),
});

/** What is said of one item after a passed attempt. @public */
export const itemResultSchema = z.object({
  /** The item. */
  item: z.string(),
  /** How it was answered; `self` is for the learner to judge. */
  verdict: z.enum(['right', 'partly', 'wrong', 'self']),
  /** Why the options that were chosen are right or wrong. */
  explanations: z.array(
    z.object({ option: z.string().nullable(), text: z.string() }),
  ),
});
/** See {@link itemResultSchema}. @public */
export type ItemResult = z.infer<typeof itemResultSchema>;

/** How an attempt ended. @public */
export const attemptResultSchema = z.object({
  /** Enough for a pass; null for an exam, whose labs count too. */
  passed: z.boolean().nullable(),
  /** What was earned, as an exact fraction; null where the quiz does not say. */
  earned: fractionSchema.nullable(),
  /** What could be earned. */
  total: z.number().int(),
  /** What passes, for display; null for an exam. */
  required: z.number().int().nullable(),
  /**
   * Lessons in which something was missed, and whether they were opened since; of
   * an exam, modules.
   */
  missed: z.array(
    z.object({ name: z.string(), title: z.string(), opened: z.boolean() }),
  ),
  /** Item by item; only after a pass. */
  items: z.array(itemResultSchema).nullable(),
});
/** See {@link attemptResultSchema}. @public */
export type AttemptResult = z.infer<typeof attemptResultSchema>;

/** One go at a quiz, for the one who takes it. @public */
export const attemptSchema = z.object({
  /** Time of the answer, by which clocks on screens go. */
  asOf: isoSchema,
  /** Its id. */
  id: z.string(),
  /** The quiz. */
  quiz: z.object({ id: z.string(), slug: z.string(), title: z.string() }),
  /** The module it is of; null for an exam. */
  module: z.object({ slug: z.string(), title: z.string() }).nullable(),
  /** The belt whose exam it is. */
  belt: z.object({ slug: z.string(), title: z.string() }).nullable(),
  /** How many there were of this quiz, this one included. */
  number: z.number().int(),
  /** The quiz was passed before; this one changes nothing. */
  practice: z.boolean(),
  /** Whether it still goes on. */
  state: z.enum(['open', 'ended']),
  /** When it began. */
  startedAt: isoSchema,
  /** When the clock runs out. */
  deadlineAt: isoSchema,
  /** When it ended. */
  endedAt: isoSchema.nullable(),
  /** The questions that were drawn. */
  items: z.array(shownItemSchema),
  /** What is saved. */
  answers: answersSchema,
  /** Number of the save that counts. */
  seq: z.number().int(),
  /** When it was saved last. */
  savedAt: isoSchema.nullable(),
  /** What numbers are read as. */
  readAs: z.array(readAsSchema),
  /** How it ended. */
  result: attemptResultSchema.nullable(),
});
/** See {@link attemptSchema}. @public */
export type Attempt = z.infer<typeof attemptSchema>;
