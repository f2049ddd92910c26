import { z } from 'zod';
import { DateTime } from 'luxon';

/** Longest title, name or id that is kept. @public */
export const MAX_TITLE = 512;
/** Longest free text that is kept, in UTF-16 code units (16 KiB). @public */
export const MAX_BODY = 16 * 1024;

/**
 * Text of at most so many UTF-16 code units. What is longer is not looked at:
 * without `abort`, every check after this one would still read all of it.
 * @public
 */
export function textUpTo(max: number) {
  return z.string().max(max, { abort: true });
}

/**
 * An instant with an explicit offset (`2026-03-01T09:00:00Z`,
 * `…+01:00`). A time without an offset is refused: it names twenty-four
 * different instants, and guessing one would be wrong by hours.
 *
 * Instants are normalised to UTC with milliseconds, so that one instant has
 * one spelling wherever they are compared.
 * @public
 */
export const instantSchema = textUpTo(40)
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i,
    'must be an ISO 8601 instant with an offset, e.g. 2026-03-01T09:00:00Z',
  )
  .transform((text, ctx) => {
    const parsed = DateTime.fromISO(text, { setZone: true });
    if (!parsed.isValid || parsed.year < 1970) {
      ctx.addIssue({
        code: 'custom',
        message: 'is not a date and time that exists (from 1970 on)',
      });
      return z.NEVER;
    }
    return new Date(parsed.toMillis()).toISOString();
  });

/**
 * A name or id that is looked up. U+0000 and half a surrogate pair are no
 * characters a database keeps: two names could become one.
 * @public
 */
export function nameSchema(max: number) {
  return textUpTo(max)
    .min(1)
    .regex(
      /^[^\0\p{Cs}]*$/u,
      'must not contain U+0000 or half of a surrogate pair',
    );
}

/** Short text: trimmed of nothing, never empty, at most {@link MAX_TITLE}. @public */
export const titleSchema = textUpTo(MAX_TITLE).min(1);

/** Free text, at most {@link MAX_BODY}. @public */
export const bodySchema = textUpTo(MAX_BODY);

/** A web address people can open. Only http and https are let through. @public */
export const urlSchema = textUpTo(2048).refine(text => {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}, 'must be an http(s) URL');

/**
 * A catalog entity reference, e.g. `component:default/payments-api`. Kind,
 * namespace and name have 63 characters each at most in the catalog.
 * @public
 */
export const entityRefSchema = textUpTo(191)
  .regex(
    /^([a-z][a-z0-9-]*:)?([a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/i,
    'must be a catalog entity reference, e.g. component:default/payments-api',
  )
  .transform(text => toEntityRef(text));

/**
 * Completes an entity reference to `kind:namespace/name` in lower case.
 *
 * @param defaultKind - the kind of a reference that names none
 * @public
 */
export function toEntityRef(
  ref: string,
  defaultKind: string = 'component',
): string {
  const [, kind = defaultKind, namespace = 'default', name = ''] =
    /^(?:([^:/]+):)?(?:([^/]+)\/)?(.+)$/.exec(ref) ?? [];
  return `${kind}:${namespace}/${name}`.toLowerCase();
}

/**
 * A number of things in English, for the lines of commands: `1 file`, `2 files`.
 *
 * @param many - what several are called; with an `s` where left out
 * @public
 */
export function countOf(
  number: number,
  one: string,
  many: string = `${one}s`,
): string {
  return `${number} ${number === 1 ? one : many}`;
}
