import { z } from 'zod';

/** What a change request is backed by. @public */
export const EVIDENCE_KINDS = [
  'tests',
  'scan',
  'sbom',
  'vex',
  'provenance',
  'rollback_plan',
  'rollout_plan',
] as const;
/** One of {@link EVIDENCE_KINDS}. @public */
export const evidenceKindSchema = z.enum(EVIDENCE_KINDS);
/** See {@link evidenceKindSchema}. @public */
export type EvidenceKind = z.infer<typeof evidenceKindSchema>;

/** Largest piece of evidence, in bytes (25 MiB). @public */
export const MAX_EVIDENCE_BYTES = 26_214_400;
/** Largest plan, in bytes. People write them. @public */
export const MAX_PLAN_BYTES = 64 * 1024;

/** Whether people write it, and can mend it at once. @public */
export function isPlanKind(kind: EvidenceKind): boolean {
  return kind === 'rollback_plan' || kind === 'rollout_plan';
}

/** Largest piece of a kind, in bytes. @public */
export function maxBytesOf(kind: EvidenceKind): number {
  return isPlanKind(kind) ? MAX_PLAN_BYTES : MAX_EVIDENCE_BYTES;
}

/**
 * How far a piece of evidence is trusted. `parsed` was read, and nobody vouches
 * for it; `verified` was read, and is bound to the change; `failed` was refused or
 * could not be read; `waived` counts by an exception. Only verified and waived
 * count.
 * @public
 */
export const EVIDENCE_STATES = [
  'parsed',
  'verified',
  'failed',
  'waived',
] as const;
/** One of {@link EVIDENCE_STATES}. @public */
export const evidenceStateSchema = z.enum(EVIDENCE_STATES);
/** See {@link evidenceStateSchema}. @public */
export type EvidenceState = z.infer<typeof evidenceStateSchema>;

/** How bad a finding is. `unknown` counts as the worst. @public */
export const SEVERITIES = [
  'none',
  'low',
  'medium',
  'high',
  'critical',
  'unknown',
] as const;
/** One of {@link SEVERITIES}. @public */
export const severitySchema = z.enum(SEVERITIES);
/** See {@link severitySchema}. @public */
export type Severity = z.infer<typeof severitySchema>;

/** How a change is taken back. @public */
export const ROLLBACK_STRATEGIES = ['automated', 'manual', 'none'] as const;
