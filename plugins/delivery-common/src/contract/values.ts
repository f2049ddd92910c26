import { z } from 'zod';

/** Where a fact came from: the sender's own id, with the source. @public */
export const factRefSchema = z.object({
  /** Opaque key used in paths of this API. */
  key: z.string(),
  source: z.string(),
  /** The sender's id. */
  id: z.string(),
});

/** Level of a threshold table. @public */
export const bandSchema = z.enum(['elite', 'high', 'medium', 'low']);
/** See {@link bandSchema}. @public */
export type Band = z.infer<typeof bandSchema>;
