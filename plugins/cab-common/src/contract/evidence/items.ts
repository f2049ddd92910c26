import {
  entityRefSchema,
  flagSchema,
  instantSchema,
  isoSchema,
  saidSchema,
} from '@fawkes/kit-contract';
import { z } from 'zod';
import {
  artifactDigestSchema,
  changeIdSchema,
  commitSchema,
  environmentSchema,
} from '../ids';
import { exceptionSchema } from '../exceptions';
import { evidenceKindSchema, evidenceStateSchema } from './kinds';
import { evidenceSaysSchema } from './says';

const yes = flagSchema.default(false);

/** What is said of a piece beside its bytes. */
const aboutShape = {
  kind: evidenceKindSchema,
  /** It takes the place of what the same producer attached of the same kind and tool. */
  supersede: yes,
  /** When it was made, where it does not say so itself. */
  producedAt: instantSchema.optional(),
};

/** Query of `POST /changes/:id/evidence`. @public */
export const attachQuerySchema = z.strictObject(aboutShape);
/** See {@link attachQuerySchema}. @public */
export type AttachQuery = z.infer<typeof attachQuerySchema>;

/**
 * Query of `POST /ci/evidence`: the change request by its id, or by what it is
 * about.
 * @public
 */
export const ciAttachQuerySchema = z.strictObject({
  ...aboutShape,
  changeId: changeIdSchema.optional(),
  entityRef: entityRefSchema.optional(),
  environment: environmentSchema.optional(),
  headSha: commitSchema.optional(),
  /** Digest of the artifact the piece is about, where its format has no place for it. */
  subject: artifactDigestSchema.optional(),
});
/** See {@link ciAttachQuerySchema}. @public */
export type CiAttachQuery = z.infer<typeof ciAttachQuerySchema>;

/** A piece of evidence as people see it. @public */
export const evidenceItemSchema = z.object({
  id: z.string(),
  kind: evidenceKindSchema,
  state: evidenceStateSchema,
  /** Why it is not verified. */
  why: saidSchema.nullable(),
  mediaType: z.string(),
  /** Of its bytes, as they were received; hexadecimal. */
  sha256: z.string(),
  size: z.int(),
  /** Who attached it: an entity ref, or `ci:<issuer>#<subject>`. */
  producer: z.string(),
  producedAt: isoSchema,
  receivedAt: isoSchema,
  /** It is part of what is voted on; otherwise it is kept for the next revision, or beside it. */
  inPack: z.boolean(),
  /** Another one took its place. */
  superseded: z.boolean(),
  /** What it says; null when it could not be read. */
  says: evidenceSaysSchema.nullable(),
});
/** See {@link evidenceItemSchema}. @public */
export type EvidenceItem = z.infer<typeof evidenceItemSchema>;

/** Answer of attaching. @public */
export const attachResponseSchema = z.object({
  item: evidenceItemSchema,
  /** What the change request has become. */
  changeId: z.string(),
  state: z.string(),
  revision: z.int(),
});
/** See {@link attachResponseSchema}. @public */
export type AttachResponse = z.infer<typeof attachResponseSchema>;

/** Answer of `GET /changes/:id/evidence`. @public */
export const evidenceResponseSchema = z.object({
  items: z.array(evidenceItemSchema),
  /** Kinds the class of its environment asks for. */
  required: z.array(evidenceKindSchema),
  /** Of them those that nothing counts for. */
  missing: z.array(evidenceKindSchema),
  /** Exceptions in force that it could make use of, and does not. */
  usable: z.array(exceptionSchema),
  /** Null: the viewer may attach; words say why not. */
  attach: saidSchema.nullable(),
  /** Null: the viewer may have the bytes; words say why not. */
  download: saidSchema.nullable(),
});
/** See {@link evidenceResponseSchema}. @public */
export type EvidenceResponse = z.infer<typeof evidenceResponseSchema>;
