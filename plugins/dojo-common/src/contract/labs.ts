import { entitySchema, isoSchema, saidSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { drawingSchema, standingSchema } from './values';

/** A lab in a list. @public */
export const labEntrySchema = z.object({
  /** Never changes. */
  id: z.string(),
  /** Unique in its curriculum. */
  slug: z.string(),
  /** What it is called. */
  title: z.string(),
  /** How long it usually takes. */
  minutes: z.number().int(),
  /** Sum of the points of its steps. */
  total: z.number().int(),
  /** How many of them pass, for display. */
  required: z.number().int(),
  /** Share that passes, as it is written in the content. */
  passPercent: z.string(),
  /** The module is not done without it. */
  gate: z.boolean(),
  /** Where the learner stands with it. */
  standing: standingSchema,
  /** When it was passed first. */
  passedAt: isoSchema.nullable(),
});
/** See {@link labEntrySchema}. @public */
export type LabEntry = z.infer<typeof labEntrySchema>;

/** How well evidence is known, the least first. @public */
export const evidenceAssuranceSchema = z.enum([
  'self-reported',
  'attested',
  'observed',
]);

/** What a step was judged by; the learner's own, and shown to nobody else. @public */
export const labEvidenceSchema = z.object({
  /** Who told the fact. */
  source: z.string(),
  /** When the fact was read. */
  observedAt: isoSchema,
  /** How well it is known. */
  assurance: evidenceAssuranceSchema,
  /** The fact as JSON, without secrets and other people. */
  excerpt: z.string(),
  /** SHA-256 of the excerpt. */
  digest: z.string(),
});
/** See {@link labEvidenceSchema}. @public */
export type LabEvidence = z.infer<typeof labEvidenceSchema>;

/** A step of a lab before it is begun. @public */
export const labStepSchema = z.object({
  /** Unique in its lab. */
  id: z.string(),
  /** What is to be done. */
  title: z.string(),
  /** What it is worth. */
  points: z.number().int(),
  /** The lab is not passed without it. */
  required: z.boolean(),
});
/** See {@link labStepSchema}. @public */
export type LabStep = z.infer<typeof labStepSchema>;

/** A step of a run, and how it stands. @public */
export const runStepSchema = labStepSchema.extend({
  /** What the learner types in; null where facts speak for themselves. */
  asks: z.enum(['text', 'number', 'address']).nullable(),
  /** What is asked, where it was drawn for this run. */
  about: saidSchema.nullable(),
  /** The entity it is about. */
  entity: entitySchema.nullable(),
  /** A page of the portal that belongs to it. */
  page: z.string().nullable(),
  /** Opening its page is what it asks for. */
  visits: z.boolean(),
  /** What the learner typed in last. */
  answer: z.string().nullable(),
  /** Passed stays passed; unknown is neither passed nor failed. */
  state: z.enum(['open', 'passed', 'failed', 'unknown']),
  /** When it passed. */
  passedAt: isoSchema.nullable(),
  /** When the fact was read last. */
  lookedAt: isoSchema.nullable(),
  /** Why it is not passed. */
  why: saidSchema.nullable(),
  /** What to do, in Markdown; where it is not passed. */
  fix: z.string().nullable(),
  /** What it was judged by. */
  evidence: labEvidenceSchema.nullable(),
});
/** See {@link runStepSchema}. @public */
export type RunStep = z.infer<typeof runStepSchema>;

/** One go at a lab, for the one who does it. @public */
export const labRunSchema = z.object({
  /** Time of the answer, by which clocks on screens go. */
  asOf: isoSchema,
  /** Its id. */
  id: z.string(),
  /** The lab. */
  lab: z.object({ id: z.string(), slug: z.string(), title: z.string() }),
  /** The module it is of; null for an exam. */
  module: z.object({ slug: z.string(), title: z.string() }).nullable(),
  /** The belt of whose exam it is. */
  belt: z.object({ slug: z.string(), title: z.string() }).nullable(),
  /** Whether it still goes on. */
  state: z.enum(['open', 'ended']),
  /** When it began. */
  startedAt: isoSchema,
  /** When it ends by itself. */
  endsAt: isoSchema,
  /** When it passed; nothing takes that back. */
  passedAt: isoSchema.nullable(),
  /** Marks what is made in this run; null where no step looks for it. */
  nonce: z.string().nullable(),
  /** Points of the steps that have passed. */
  earned: z.number().int(),
  /** What can be earned. */
  total: z.number().int(),
  /** What passes, for display. */
  required: z.number().int(),
  /** When Check now is answered again. */
  checkAgainAt: isoSchema.nullable(),
  /** In their order. */
  steps: z.array(runStepSchema),
});
/** See {@link labRunSchema}. @public */
export type LabRun = z.infer<typeof labRunSchema>;

/** Answer of `getLab`. @public */
export const labSchema = labEntrySchema.extend({
  asOf: isoSchema,
  /** The module it is of; null for an exam. */
  module: z.object({ slug: z.string(), title: z.string() }).nullable(),
  /** The belt of whose exam it is. */
  belt: z.object({ slug: z.string(), title: z.string() }).nullable(),
  /** Language of its texts. */
  locale: z.string(),
  /** The learner keeps progress; guests do not. */
  keepsProgress: z.boolean(),
  /** Its task: CommonMark with tables, without any HTML. */
  markdown: z.string(),
  /** Drawings by the address the task has for them. */
  drawings: z.record(z.string(), drawingSchema),
  /** In their order. */
  steps: z.array(labStepSchema),
  /** What is not here and without which it cannot be started. */
  needs: z.array(saidSchema),
  /** The learner's last run, which may be going on. */
  run: labRunSchema.nullable(),
});
/** See {@link labSchema}. @public */
export type Lab = z.infer<typeof labSchema>;
