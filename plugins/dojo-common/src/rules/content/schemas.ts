import { z } from 'zod';
import { ruleSchema } from '../belts/rule';
import {
  decimal,
  flag,
  line,
  prose,
  semver,
  uuid,
  whole,
  word,
} from './scalars';

const head = <K extends string>(kind: K) => ({
  apiVersion: z.literal('dojo/v1'),
  kind: z.literal(kind),
});

/** `dojo.yaml`: the curriculum. @public */
export const curriculumFileSchema = z.strictObject({
  ...head('Curriculum'),
  id: uuid,
  slug: word,
  version: semver,
  title: line,
  summary: line,
  licence: line.optional(),
  defaultLocale: z.enum(['en', 'de']),
  locales: z.array(z.enum(['en', 'de'])).min(1),
  belts: z.array(word).min(1).max(20),
  /** Which modules are shown with which belt, in order. */
  tracks: z
    .array(z.strictObject({ belt: word, modules: z.array(word).max(100) }))
    .max(20),
  /** Made elsewhere: what it requires may be taught elsewhere too. */
  imported: flag.optional(),
});

/** `skills.yaml`: concepts taught and required. @public */
export const skillsFileSchema = z.strictObject({
  ...head('Skills'),
  skills: z
    .array(
      z.strictObject({
        id: word,
        title: line,
        /** DORA capabilities it belongs to. */
        dora: z.array(word).max(20),
      }),
    )
    .max(1_000),
});

/** `belts/<slug>.yaml`: a belt. @public */
export const beltFileSchema = z.strictObject({
  ...head('Belt'),
  id: uuid,
  slug: word,
  order: whole,
  title: line,
  colour: z.enum(['white', 'yellow', 'green', 'brown', 'black']),
  certificate: line,
  status: z.enum(['active', 'in-preparation']),
  objectives: z.array(line).min(1).max(20),
  award: ruleSchema,
  validity: z
    .string()
    .regex(/^P(\d{1,3}Y)?(\d{1,3}M)?(\d{1,4}D)?$/, 'must be a period like P2Y')
    .optional(),
  retakeWaitDays: whole,
  /** Modules that are being written. */
  planned: z
    .array(z.strictObject({ id: uuid, title: line, minutes: whole }))
    .max(50)
    .optional(),
});

/** `modules/<slug>/module.yaml`: a module. @public */
export const moduleFileSchema = z.strictObject({
  ...head('Module'),
  id: uuid,
  slug: word,
  version: semver,
  status: z.enum(['draft', 'pilot', 'active', 'deprecated']),
  title: line,
  summary: line,
  objectives: z.array(line).min(1).max(20),
  teaches: z.array(word).max(50),
  requires: z.array(word).max(50),
  durationMinutes: whole,
  sessions: z.array(line).max(20).optional(),
  runsAgainst: z
    .array(z.strictObject({ name: line, version: line }))
    .max(20)
    .optional(),
  replaces: uuid.optional(),
  correction: flag.optional(),
});

/** What stands before the text of a lesson. @public */
export const lessonHeadSchema = z.strictObject({
  title: line,
  minutes: whole,
  required: flag.optional(),
});

const option = z.strictObject({ id: word, text: prose, explanation: prose });

const common = {
  id: uuid,
  stem: prose,
  points: whole,
  /** Name of the lesson it is about. */
  section: word,
  /** Retired questions are drawn no more, and never deleted. */
  status: z.enum(['active', 'retired']).optional(),
};

const options = z.array(option).min(2).max(12);

/** A question; what decides its grade never leaves the server. @public */
export const questionSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('single'),
    options,
    key: z.union([word, z.array(word)]),
    shuffle: flag.optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('multi'),
    options,
    key: z.array(word).min(1),
    partial: flag.optional(),
    shuffle: flag.optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('ordering'),
    options,
    key: z.array(word).min(2),
  }),
  z.strictObject({
    ...common,
    type: z.literal('matching'),
    pairs: z
      .array(z.strictObject({ left: prose, right: prose }))
      .min(2)
      .max(12),
    /** Right sides that belong to nothing. */
    rights: z.array(prose).max(12).optional(),
    partial: flag.optional(),
    explanation: prose,
  }),
  z.strictObject({
    ...common,
    type: z.literal('fill'),
    /** Accepted answers. */
    key: z.array(z.string().min(1).max(500)).min(1).max(50),
    pattern: z.string().min(1).max(1_000).optional(),
    caseSensitive: flag.optional(),
    explanation: prose,
  }),
  z.strictObject({
    ...common,
    type: z.literal('numeric'),
    key: decimal,
    tolerance: z
      .strictObject({
        abs: decimal.optional(),
        rel: decimal.optional(),
        range: z.array(decimal).length(2).optional(),
      })
      .optional(),
    units: z.record(z.string().min(1).max(30), decimal).optional(),
    explanation: prose,
  }),
  z.strictObject({
    ...common,
    type: z.literal('open'),
    explanation: prose,
  }),
]);

const pool = z.strictObject({
  pick: whole.optional(),
  questions: z.array(questionSchema).min(1).max(500),
});

/** `modules/<slug>/quizzes/<name>.yaml`: a quiz. @public */
export const quizFileSchema = z.strictObject({
  ...head('Quiz'),
  id: uuid,
  slug: word,
  title: line,
  minutes: whole,
  pools: z.array(pool).min(1).max(20).optional(),
  /** The only pool, without a list of them. */
  pick: whole.optional(),
  questions: z.array(questionSchema).min(1).max(500).optional(),
  passPercent: decimal,
  total: whole,
  required: whole,
  gate: flag.optional(),
  feedback: z.enum(['none', 'score', 'sections', 'full']).optional(),
  attempts: whole.optional(),
});

/** `belts/<belt>-exam.yaml`: the exam of a belt. @public */
export const examFileSchema = z.strictObject({
  ...head('Exam'),
  id: uuid,
  slug: word,
  title: line,
  /** Slug of the belt. */
  belt: word,
  pools: z.array(pool).min(1).max(20).optional(),
  /** The only pool, without a list of them. */
  pick: whole.optional(),
  questions: z.array(questionSchema).min(1).max(500).optional(),
  /** Labs of `belts/labs`, beside the questions. */
  labs: z.array(uuid).max(20).optional(),
  passPercent: decimal,
  total: whole,
  required: whole,
  /** Two minutes a question where it says nothing. */
  timeLimitMinutes: whole.optional(),
  /** Its keys lie in the content, for everybody to read. */
  sample: flag.optional(),
});

/** What content says to a check: texts, lists and more of them. */
const checkParams = z.record(
  z.string().regex(/^[a-z][a-zA-Z0-9-]{0,62}$/, 'must be a name'),
  z.unknown(),
);

/** `modules/<slug>/labs/<name>.yaml`: a lab; its task is the `.md` beside it. @public */
export const labFileSchema = z.strictObject({
  ...head('Lab'),
  id: uuid,
  slug: word,
  title: line,
  minutes: whole,
  /** Whose work counts: the learner's own, or that of the owners of a thing. */
  attribution: z.enum(['actor', 'owner']).optional(),
  checks: z
    .array(
      z.strictObject({
        id: word,
        title: line,
        type: word,
        params: checkParams,
        points: whole,
        required: flag.optional(),
        /** What to do where it does not hold. */
        fix: prose,
      }),
    )
    .min(1)
    .max(20),
  passPercent: decimal,
  total: whole,
  required: whole,
  gate: flag.optional(),
  simultaneous: flag.optional(),
  /** When somebody did it last, to see that it can be done; left out until somebody has. */
  verifiedAt: z.iso.date('must be a day like 2026-11-30').optional(),
});

/** `ids.lock`: every id there ever was. @public */
export const idsLockSchema = z.strictObject({
  ...head('Ids'),
  ids: z.array(z.strictObject({ id: uuid, kind: word, slug: word })),
});

/** See {@link curriculumFileSchema}. @public */
export type CurriculumFile = z.infer<typeof curriculumFileSchema>;
/** See {@link skillsFileSchema}. @public */
export type SkillsFile = z.infer<typeof skillsFileSchema>;
/** See {@link beltFileSchema}. @public */
export type BeltFile = z.infer<typeof beltFileSchema>;
/** See {@link moduleFileSchema}. @public */
export type ModuleFile = z.infer<typeof moduleFileSchema>;
/** See {@link lessonHeadSchema}. @public */
export type LessonHead = z.infer<typeof lessonHeadSchema>;
/** See {@link questionSchema}. @public */
export type Question = z.infer<typeof questionSchema>;
/** See {@link quizFileSchema}. @public */
export type QuizFile = z.infer<typeof quizFileSchema>;
/** See {@link examFileSchema}. @public */
export type ExamFile = z.infer<typeof examFileSchema>;
/** See {@link labFileSchema}. @public */
export type LabFile = z.infer<typeof labFileSchema>;
/** See {@link idsLockSchema}. @public */
export type IdsLock = z.infer<typeof idsLockSchema>;
