import { z } from 'zod';
import { DateTime } from 'luxon';
import { bareRepository } from './repositoryName';

/** Longest title, name or id that is kept. */
export const MAX_TITLE = 512;
/** Longest free text that is kept, in UTF-16 code units (16 KiB). */
export const MAX_BODY = 16 * 1024;

/**
 * Text of at most so many UTF-16 code units. What is longer is not looked at:
 * without `abort`, every check after this one would still read all of it.
 */
export function textUpTo(max: number) {
  return z.string().max(max, { abort: true });
}

/**
 * An instant with an explicit offset (`2026-03-01T09:00:00Z`,
 * `…+01:00`). A time without an offset is refused: it names twenty-four
 * different instants, and guessing one would move a lead time by hours.
 *
 * Instants are normalised to UTC with milliseconds, so that one instant has
 * one spelling wherever events are compared.
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

/** A git object id: 40 (SHA-1) or 64 (SHA-256) hexadecimal digits. */
export const shaSchema = z
  .string()
  .regex(
    /^([0-9a-f]{40}|[0-9a-f]{64})$/i,
    'must be a full git sha of 40 or 64 hexadecimal digits',
  )
  .transform(sha => sha.toLowerCase());

/**
 * A name or id that facts are found by. U+0000 and half a surrogate pair are no
 * characters a database keeps: two names could become one.
 */
export function nameSchema(max: number) {
  return textUpTo(max)
    .min(1)
    .regex(
      /^[^\0\p{Cs}]*$/u,
      'must not contain U+0000 or half of a surrogate pair',
    );
}

/**
 * An id, sha or package URL as other tools write it; beyond 512 characters it
 * is ASCII, as package URLs are, so that an index can hold it.
 */
export const referenceSchema = nameSchema(1024).regex(
  /^(?:[\x20-\x7e]*|[^]{1,512})$/u,
  'must be ASCII when it is longer than 512 characters',
);

/** Short text: trimmed of nothing, never empty, at most {@link MAX_TITLE}. */
export const titleSchema = textUpTo(MAX_TITLE).min(1);

/** Free text, at most {@link MAX_BODY}. */
export const bodySchema = textUpTo(MAX_BODY);

/** A web address people can open. Only http and https are let through. */
export const urlSchema = textUpTo(2048).refine(text => {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}, 'must be an http(s) URL');

/**
 * A repository as people write it: a clone URL, `host/owner/name` or a bare
 * `owner/name`. It is normalised by `normaliseRepository` when the event
 * becomes a fact, because only then the source's own host is known.
 */
export const repositorySchema = textUpTo(MAX_TITLE)
  .min(1)
  .regex(
    /^[^\s\p{Cc}\p{Cs}]+$/u,
    'must not contain white space or control characters',
  )
  .refine(
    text => bareRepository(text) !== '',
    'must name a repository, e.g. acme/shop',
  );

/**
 * A catalog entity reference, e.g. `component:default/payments-api`. Kind,
 * namespace and name have 63 characters each at most in the catalog.
 */
export const entityRefSchema = textUpTo(191)
  .regex(
    /^([a-z][a-z0-9-]*:)?([a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/i,
    'must be a catalog entity reference, e.g. component:default/payments-api',
  )
  .transform(toServiceRef);

/**
 * Completes a service reference to `kind:namespace/name` in lower case.
 * @public
 */
export function toServiceRef(ref: string): string {
  const [, kind = 'component', namespace = 'default', name = ''] =
    /^(?:([^:/]+):)?(?:([^/]+)\/)?(.+)$/.exec(ref) ?? [];
  return `${kind}:${namespace}/${name}`.toLowerCase();
}
