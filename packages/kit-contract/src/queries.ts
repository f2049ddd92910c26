import { z } from 'zod';
import { instantSchema, textUpTo } from './text';

/** A parameter that may be repeated: one value or several. @public */
export function many<T extends z.ZodType>(item: T, max: number) {
  return z.preprocess(
    (value: z.input<T> | ReadonlyArray<z.input<T>>) =>
      typeof value === 'string' ? [value] : value,
    z.array(item).max(max),
  );
}

/** A switch as query parameters write it, or as a caller holds it. @public */
export const flagSchema = z.preprocess(
  (value: boolean | 'true' | 'false') =>
    typeof value === 'boolean' ? String(value) : value,
  z.enum(['true', 'false']).transform(text => text === 'true'),
);

/** A bare date means that day's start in the zone of the query. @public */
export const dayOrInstantSchema = z.union([
  z.iso.date('must be a date (2026-03-01) or an instant with an offset'),
  instantSchema,
]);

/** Name of an IANA time zone, e.g. `Europe/Berlin`. @public */
export const timeZoneSchema = textUpTo(64).refine(zone => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}, 'must be an IANA time zone, e.g. Europe/Berlin');

/** Over which time a question is asked. @public */
export const periodShape = {
  from: dayOrInstantSchema.optional(),
  to: dayOrInstantSchema.optional(),
  /** IANA zone in which days begin; the configured one when left out. */
  tz: timeZoneSchema.optional(),
};

/**
 * Which page of a list. A cursor is what the page before gave out.
 *
 * @param most - largest page; `usual` is taken when none is asked for
 * @public
 */
export function pageShape({ usual = 50, most = 200 } = {}) {
  return {
    cursor: textUpTo(8_192).optional(),
    limit: z.coerce
      .number<number | string>()
      .int()
      .min(1)
      .max(most)
      .default(usual),
  };
}
