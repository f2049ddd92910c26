import { isoSchema, saidSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { dojoIdSchema } from './values';

/** What the dojo keeps of people; every table with rows of theirs is one of these. @public */
export const mineKinds = [
  'learner',
  'lesson',
  'attempt',
  'run',
  'step',
  'claim',
  'completion',
  'counted',
  'award',
  'credential',
  'revocation',
  'message',
  'lock',
  'team',
  'look',
  'choices',
  'erasure',
] as const;

/** One of {@link mineKinds}. @public */
export type MineKind = (typeof mineKinds)[number];

/** One kind of what is kept of a person, with its newest rows in words. @public */
export const keptSchema = z.object({
  /** Which kind. */
  kind: z.enum(mineKinds),
  /** How many rows there are. */
  count: z.number().int(),
  /** The newest of them. */
  entries: z.array(
    z.object({
      /** When; null where nobody wrote that down. */
      at: isoSchema.nullable(),
      /** What, in words. */
      said: saidSchema,
    }),
  ),
});
/** See {@link keptSchema}. @public */
export type Kept = z.infer<typeof keptSchema>;

/** What a person lets others see; everything is off until they switch it on. @public */
export const choicesSchema = z.strictObject({
  /** Colleagues see the belts on the page of the team. */
  showBelts: z.boolean(),
  /** The public page of a certificate says the name. */
  showName: z.boolean(),
});
/** See {@link choicesSchema}. @public */
export type Choices = z.infer<typeof choicesSchema>;

/** What is asked of an erasure. @public */
export const erasureRequestSchema = z.strictObject({
  /** Certificates that stay valid as files; every other one is revoked. */
  keep: z.array(dojoIdSchema).max(100).default([]),
});

/** Answer of `getMine`. @public */
export const mineSchema = z.object({
  asOf: isoSchema,
  /** Who asks. */
  person: z.string(),
  /** The dojo keeps what they do; not so of guests. */
  keepsProgress: z.boolean(),
  /** When they began to learn; null for who has not. */
  since: isoSchema.nullable(),
  /** What is kept, each kind of which there is something. */
  kept: z.array(keptSchema),
  /** What others may see. */
  choices: choicesSchema,
  /** Who looked at what they have done, the newest first. */
  looks: z.array(
    z.object({
      at: isoSchema,
      /** Who looked. */
      by: z.string(),
      /** As the lead of which group. */
      group: z.string(),
    }),
  ),
  /** Certificates an erasure asks about. */
  certificates: z.array(
    z.object({
      /** Its id. */
      id: z.string(),
      /** What its belt is called. */
      belt: z.string(),
      /** It was taken back, so that nothing is left to keep. */
      revoked: z.boolean(),
    }),
  ),
  /** They may take awards of others back, with a second person. */
  revokes: z.boolean(),
  /** An erasure that was asked for and can be taken back still. */
  erasure: z
    .object({
      askedAt: isoSchema,
      /** From then on everything is gone. */
      dueAt: isoSchema,
      /** Certificates that stay valid as files. */
      keep: z.array(z.string()),
    })
    .nullable(),
});
/** See {@link mineSchema}. @public */
export type Mine = z.infer<typeof mineSchema>;

/** Answer of `exportMine`: every row about the caller in every table. @public */
export const exportSchema = z.object({
  asOf: isoSchema,
  /** What it is, for programs. */
  format: z.literal('fawkes-dojo-export/1'),
  /** Who asked. */
  person: z.string(),
  /** Tables with rows of the caller. */
  tables: z.array(
    z.object({
      /** As the database calls it. */
      table: z.string(),
      /** Which kind of thing its rows are. */
      kind: z.enum(mineKinds),
      /** Columns that are not as they are kept, and why. */
      changed: z.record(z.string(), z.string()),
      /** Its rows; instants as ISO 8601, JSON as JSON. */
      rows: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
});
/** See {@link exportSchema}. @public */
export type Export = z.infer<typeof exportSchema>;
