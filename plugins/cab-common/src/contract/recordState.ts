import { isoSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { exportLineSchema } from './record';

/** Answer of `GET /record`. @public */
export const recordStateSchema = z.object({
  asOf: isoSchema,
  /** Host and log; the name of the key that signs. */
  origin: z.string(),
  /** Number of entries. */
  size: z.int(),
  /** The newest note; null before the first one. */
  checkpoint: z.object({ size: z.int(), note: z.string() }).nullable(),
  /** `one`: the application owns the table, so its own password can rewrite it. */
  roles: z.enum(['one', 'two']),
  /** Where the guards of the table are not as they were made; nothing is signed then. */
  guards: z.array(z.string()),
});
/** See {@link recordStateSchema}. @public */
export type RecordState = z.infer<typeof recordStateSchema>;

/** Answer of `GET /keys`. @public */
export const keysSchema = z.object({
  /** `name+id+base64`, as C2SP's signed notes have it. */
  record: z.array(z.string()),
});

/** `GET /record/export` @public */
export const exportQuerySchema = z.strictObject({
  /** First number. */
  from: z.coerce.number<number | string>().int().min(0).default(0),
  limit: z.coerce
    .number<number | string>()
    .int()
    .min(1)
    .max(1_000)
    .default(500),
});

/** Lines of an export. @public */
export const exportResponseSchema = z.object({
  lines: z.array(exportLineSchema),
  /** Where the next page begins; null at the end. */
  nextFrom: z.int().nullable(),
});
/** See {@link exportResponseSchema}. @public */
export type ExportResponse = z.infer<typeof exportResponseSchema>;
