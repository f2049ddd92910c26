import { z } from 'zod';
import { codedShape } from './words';

/**
 * A figure that may be unknown. Unknown is never zero: it is `null` with the
 * reason a person can act on, and the code to translate it by.
 * @public
 */
export const figureSchema = z.union([
  z.object({ value: z.number() }),
  z.object({ value: z.null(), reason: z.string(), ...codedShape }),
]);
/** See {@link figureSchema}. @public */
export type Figure = z.infer<typeof figureSchema>;

/** Instant in UTC, ISO 8601. @public */
export const isoSchema = z.string();

/** A catalog entity in an answer. @public */
export const entitySchema = z.object({
  ref: z.string(),
  title: z.string(),
});
/** See {@link entitySchema}. @public */
export type NamedEntity = z.infer<typeof entitySchema>;

/** A page of a list. @public */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    asOf: isoSchema,
    items: z.array(item),
    nextCursor: z.string().nullable(),
  });
}
