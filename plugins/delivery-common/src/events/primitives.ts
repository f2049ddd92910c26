import {
  MAX_BODY,
  MAX_TITLE,
  nameSchema,
  textUpTo,
} from '@fawkes/kit-contract';
import { z } from 'zod';
import { foldEnvironment } from '../derive/environment';
import { bareRepository } from './repositoryName';

export { toEntityRef as toServiceRef } from '@fawkes/kit-contract';

/** A git object id: 40 (SHA-1) or 64 (SHA-256) hexadecimal digits. */
export const shaSchema = z
  .string()
  .regex(
    /^([0-9a-f]{40}|[0-9a-f]{64})$/i,
    'must be a full git sha of 40 or 64 hexadecimal digits',
  )
  .transform(sha => sha.toLowerCase());

/**
 * An id, sha or package URL as other tools write it; beyond 512 characters it
 * is ASCII, as package URLs are, so that an index can hold it.
 */
export const referenceSchema = nameSchema(1024).regex(
  /^(?:[\x20-\x7e]*|[^]{1,512})$/u,
  'must be ASCII when it is longer than 512 characters',
);

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
  )
  .refine(
    text => bareRepository(text).length <= MAX_TITLE,
    `must not be longer than ${MAX_TITLE} characters in lower case`,
  );

/** The longest name of an environment, as sent and in lower case: a few letters grow by that. */
const MAX_ENVIRONMENT = 200;

/** The name of an environment as its sender writes it. */
export const environmentSchema = nameSchema(MAX_ENVIRONMENT).refine(
  name => foldEnvironment(name).length <= MAX_ENVIRONMENT,
  `must not be longer than ${MAX_ENVIRONMENT} characters in lower case`,
);

/** Text for people to read: what is too long is clipped, and no character in two. */
function clippedTo(max: number) {
  return z.string().transform(text => {
    if (text.length <= max) return text;
    const cut = text.slice(0, max);
    return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
  });
}

/** A title, clipped to 512 UTF-16 code units. */
export const titleText = clippedTo(MAX_TITLE).refine(
  text => text.length > 0,
  'must not be empty',
);

/** Free text, clipped to 16 KiB. */
export const bodyText = clippedTo(MAX_BODY);
