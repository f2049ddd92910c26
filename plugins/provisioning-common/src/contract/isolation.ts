import { saidSchema } from '@fawkes/kit-contract';
import { z } from 'zod';

/** What keeps the code of a service from the computer that would run it. @public */
export const isolationSchema = z.object({
  /** Whether it has a room of its own: no network, no files of that computer. */
  sandboxed: z.boolean(),
  /** What it can reach. */
  words: saidSchema,
  /** Why it has no room of its own; null where it has. */
  why: saidSchema.nullable(),
});
/** See {@link isolationSchema}. @public */
export type Isolation = z.infer<typeof isolationSchema>;
