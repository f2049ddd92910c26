import { isoSchema, saidSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { labEntrySchema } from './labs';
import { beltEntrySchema, fractionSchema } from './values';

const line = {
  /** What is missing. */
  kind: z.enum([
    'belt',
    'module',
    'lab',
    'exam',
    'component',
    'count',
    'any',
    'impossible',
  ]),
  /** Which: a slug, or the name a rule has for it. */
  name: z.string(),
  /** What it is called. */
  title: z.string(),
  /** How much there is. */
  have: z.number().int().nullable(),
  /** How much is needed. */
  need: z.number().int().nullable(),
  /** Slug of the module it is done in; null where it is in none. */
  module: z.string().nullable(),
};

/** One line of what is left for a belt. @public */
export const leftSchema = z.object({
  ...line,
  /** Ways of which one is enough, each with what it lacks; else empty. */
  ways: z.array(z.array(z.object(line))),
});
/** See {@link leftSchema}. @public */
export type Left = z.infer<typeof leftSchema>;

/** A belt that was awarded to the caller. @public */
export const awardSchema = z.object({
  /** Its id. */
  id: z.string(),
  /** When it was awarded. */
  awardedAt: isoSchema,
  /** 1, and more after a revocation. */
  generation: z.number().int(),
  /** When it was taken back. */
  revokedAt: isoSchema.nullable(),
  /** Its certificate; null for the moment until it is made. */
  credential: z
    .object({
      /** What the verify page knows it by. */
      id: z.string(),
      /** Where anybody can verify it. */
      verifyUrl: z.string(),
      /** Whether it still holds. */
      state: z.enum(['valid', 'revoked', 'superseded', 'expired']),
      /** When it was signed. */
      issuedAt: isoSchema,
    })
    .nullable(),
});
/** See {@link awardSchema}. @public */
export type Award = z.infer<typeof awardSchema>;

/** The exam of a belt, and where the caller stands with it. @public */
export const examSchema = z.object({
  /** Never changes. */
  id: z.string(),
  /** Unique in its curriculum. */
  slug: z.string(),
  /** What it is called. */
  title: z.string(),
  /** How many questions are drawn. */
  questions: z.number().int(),
  /** Minutes on the clock of the questions. */
  clockMinutes: z.number().int(),
  /** What can be earned, with its labs. */
  total: z.number().int(),
  /** What passes, for display. */
  required: z.number().int(),
  /** Share that passes, as it is written in the content. */
  passPercent: z.string(),
  /** Days after an attempt until the next one. */
  retakeWaitDays: z.number().int(),
  /** Its items can be read by everybody, as criteria and verify page say. */
  publicItems: z.boolean(),
  /** What was earned so far: the best of each part. */
  earned: fractionSchema,
  /** That is enough. */
  passed: z.boolean(),
  /** Its questions, then its labs. */
  parts: z.array(
    z.object({
      /** Slug of the lab; null for the questions. */
      lab: z.string().nullable(),
      /** What it is called; empty for the questions. */
      title: z.string(),
      /** The best that was earned. */
      earned: fractionSchema,
      /** What can be earned. */
      total: z.number().int(),
    }),
  ),
  /** Why it cannot be begun at the moment. */
  hindrance: saidSchema.nullable(),
  /** When its questions may be tried again. */
  opensAt: isoSchema.nullable(),
  /** Until when its labs may be begun; null where it never was. */
  labsOpenUntil: isoSchema.nullable(),
  /** The caller's last attempt at its questions. */
  lastAttempt: z
    .object({ id: z.string(), state: z.enum(['open', 'ended']) })
    .nullable(),
  /** Its labs. */
  labs: z.array(labEntrySchema),
});
/** See {@link examSchema}. @public */
export type Exam = z.infer<typeof examSchema>;

/** Answer of `getBelt`. @public */
export const beltSchema = beltEntrySchema.omit({ left: true }).extend({
  asOf: isoSchema,
  /** The curriculum it is of. */
  curriculum: z.object({ slug: z.string(), title: z.string() }),
  /** Language of its texts. */
  locale: z.string(),
  /** The learner keeps progress; guests do not. */
  keepsProgress: z.boolean(),
  /** What is left; empty exactly when its rule holds. */
  left: z.array(leftSchema),
  /** The caller's newest award of it. */
  award: awardSchema.nullable(),
  /** Its exam. */
  exam: examSchema.nullable(),
});
/** See {@link beltSchema}. @public */
export type Belt = z.infer<typeof beltSchema>;
