import { z } from 'zod';

/** What an exported record is called. @public */
export const EXPORT_FORMAT = 'cab-export/1';

/**
 * One entry of the record, as its bytes say it. Texts of people are not in it:
 * they are named by SHA-256 over a salt and the text, and can be erased.
 * @public
 */
export const recordBodySchema = z.strictObject({
  /** UUID v7. */
  eventId: z.string(),
  /** The change request, or the exception or delegation it is about; null for none of them. */
  changeId: z.string().nullable(),
  /** From 0, for each change request. */
  changeSeq: z.int().min(0),
  /** Leaf hash of the entry before of the same change request, hex. */
  changePrev: z.string().nullable(),
  /** What happened. */
  type: z.string(),
  /** Instant of the database, ms; never before that of the entry before. */
  at: z.int(),
  /** Entity ref, or `system:cab-engine@<version>`. */
  actor: z.string(),
  /** Of the request that led to it. */
  correlationId: z.string(),
  /** What is to be known of it, by type. */
  data: z.record(z.string(), z.json()),
});
/** See {@link recordBodySchema}. @public */
export type RecordBody = z.infer<typeof recordBodySchema>;

const hex = z.string();
const base64 = z.string();

/** One line of an export. Hashes in hex; bytes in base64. @public */
export const exportLineSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('header'),
    format: z.literal(EXPORT_FORMAT),
    /** Host and log; the name of the key that signs. */
    origin: z.string(),
    /** Null for the whole record. */
    changeId: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('entry'),
    seq: z.int(),
    eventId: z.string(),
    /** The bytes as they are stored. */
    body: base64,
    leafHash: hex,
    prevHash: hex,
    chainHash: hex,
    /** In the export of one change request: that it is in the tree, and of which size. */
    proof: z.object({ size: z.int(), path: z.array(base64) }).optional(),
  }),
  z.object({ kind: z.literal('checkpoint'), note: z.string() }),
  z.object({
    kind: z.literal('consistency'),
    from: z.int(),
    to: z.int(),
    proof: z.array(base64),
  }),
]);
/** See {@link exportLineSchema}. @public */
export type ExportLine = z.infer<typeof exportLineSchema>;
