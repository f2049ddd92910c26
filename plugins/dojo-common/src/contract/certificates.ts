import { isoSchema, nameSchema, textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';

/** Kinds of files a holder can take along. @public */
export const certificateFileKinds = [
  'json',
  'svg',
  'png',
  'pdf',
  'bundle',
] as const;

/** One of {@link certificateFileKinds}. @public */
export type CertificateFileKind = (typeof certificateFileKinds)[number];

/** What a file of a certificate is called. @public */
export function certificateFileName(
  belt: string,
  kind: CertificateFileKind,
): string {
  return `${belt}-belt.${kind === 'bundle' ? 'bundle.json' : kind}`;
}

/** A proposal to take an award back, or one that was confirmed. @public */
export const revocationSchema = z.object({
  /** Its id. */
  id: z.string(),
  /** Slug of the belt. */
  belt: z.string(),
  /** When it was awarded. */
  awardedAt: isoSchema,
  /** Why; besides these people only the holder reads it. */
  reason: z.string(),
  /** Who proposed it. */
  proposedBy: z.string(),
  /** When. */
  proposedAt: isoSchema,
  /** The second of two people. */
  confirmedBy: z.string().nullable(),
  /** When. */
  confirmedAt: isoSchema.nullable(),
  /** It waits for a second person, and the caller can be that one. */
  mayConfirm: z.boolean(),
});
/** See {@link revocationSchema}. @public */
export type Revocation = z.infer<typeof revocationSchema>;

/** What a proposal says. @public */
export const proposalSchema = z.strictObject({
  /** Id of the certificate, the last part of its address. */
  credential: nameSchema(64),
  /** Why; at least a few words. */
  reason: textUpTo(1_000).min(10),
});
