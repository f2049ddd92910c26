import { isoSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { waivableSchema } from '../exceptions';
import { severitySchema } from './kinds';
import { rollbackPlanSchema, rolloutPlanSchema } from './plans';

/** Findings and failures that are kept of one piece; the rest is a number. */
export const MOST_LISTED = 500;

/** A finding of a scan: one rule or vulnerability, however often it was found. @public */
export const findingSchema = z.object({
  id: z.string(),
  severity: severitySchema,
  count: z.int(),
  text: z.string(),
  /** The first place. */
  where: z.string().nullable(),
});
/** See {@link findingSchema}. @public */
export type Finding = z.infer<typeof findingSchema>;

/** What a thing that was listed or built is: hashes decide, names are for people. @public */
export const rootSchema = z.object({
  name: z.string(),
  version: z.string().nullable(),
  /** `sha256:…` */
  digests: z.array(z.string()),
  purl: z.string().nullable(),
});
/** See {@link rootSchema}. @public */
export type EvidenceRoot = z.infer<typeof rootSchema>;

/** One word of a VEX document about one vulnerability. @public */
export const vexStatementSchema = z.object({
  id: z.string(),
  state: z.string(),
  /** It says enough for the finding not to count. */
  drops: z.boolean(),
});
/** See {@link vexStatementSchema}. @public */
export type VexStatement = z.infer<typeof vexStatementSchema>;

/** What a piece of evidence says, by kind. @public */
export const evidenceSaysSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tests'),
    cases: z.int(),
    failed: z.int(),
    skipped: z.int(),
    /** Names of the first that failed. */
    failures: z.array(z.string()),
    /** Names of the first that passed when they ran again. */
    flaky: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('scan'),
    tools: z.array(z.string()),
    worst: severitySchema,
    findings: z.array(findingSchema),
    /** More were found than are listed; how bad the worst of those is. */
    beyond: severitySchema.nullable(),
    /** How many were suppressed, by somebody who may. */
    suppressed: z.int(),
    /** It says itself that it ran to its end. */
    invoked: z.boolean(),
    /** When it ended, as it says; null when it does not. */
    endedAt: isoSchema.nullable(),
  }),
  z.object({
    kind: z.literal('sbom'),
    format: z.string(),
    components: z.int(),
    root: rootSchema.nullable(),
  }),
  z.object({
    kind: z.literal('vex'),
    format: z.string(),
    statements: z.array(vexStatementSchema),
    root: rootSchema.nullable(),
  }),
  z.object({
    kind: z.literal('provenance'),
    predicateType: z.string(),
    builder: z.string(),
    /** `sha256:…` of what was built. */
    subjects: z.array(z.string()),
    /** What it was built from. */
    sources: z.array(z.object({ uri: z.string(), commit: z.string() })),
    /** Which of the trusted keys signed it; null for none of them. */
    signedBy: z.string().nullable(),
  }),
  z.object({ kind: z.literal('rollback_plan'), plan: rollbackPlanSchema }),
  z.object({ kind: z.literal('rollout_plan'), plan: rolloutPlanSchema }),
  /** Nothing is shown: an exception stands in its place. */
  z.object({
    kind: z.literal('waiver'),
    exceptionId: z.string(),
    waives: waivableSchema,
    finding: z.string().nullable(),
    requester: z.string(),
    approver: z.string(),
    /** Who made use of it here. */
    usedBy: z.string(),
    expiresAt: isoSchema,
  }),
]);
/** See {@link evidenceSaysSchema}. @public */
export type EvidenceSays = z.infer<typeof evidenceSaysSchema>;
