import { MAX_TITLE, nameSchema } from '@fawkes/kit-contract';
import { z } from 'zod';

export {
  bodySchema,
  entityRefSchema,
  instantSchema,
  MAX_BODY,
  MAX_TITLE,
  nameSchema,
  titleSchema,
  toEntityRef as toServiceRef,
  urlSchema,
} from '@fawkes/kit-contract';

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
 * `owner/name`. It is normalised by {@link normaliseRepository} when the event
 * becomes a fact, because only then the source's own host is known.
 */
export const repositorySchema = z
  .string()
  .min(1)
  .max(MAX_TITLE)
  .regex(
    /^[^\s\p{Cc}\p{Cs}]+$/u,
    'must not contain white space or control characters',
  )
  .refine(
    text => bareRepository(text) !== '',
    'must name a repository, e.g. acme/shop',
  );

/** Without scheme, user, query and `.git`; done again, it changes nothing. */
function bareRepository(repository: string): string {
  const bare = repository
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^[^/@]*@/, '')
    .replace(/^([^/:]+\.[^/:]+):(?!\d+\/)/, '$1/')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^\/+/, '');
  return bare === repository ? bare : bareRepository(bare);
}

/**
 * Normalises a repository to `host/owner/name`: lower case, no scheme, no user,
 * no `.git`. A bare `owner/name` is on `defaultHost`.
 * @public
 */
export function normaliseRepository(
  repository: string,
  defaultHost: string = 'github.com',
): string {
  const bare = bareRepository(repository);
  const first = bare.split('/')[0];
  const hasHost = /[.:]/.test(first) || first === 'localhost';
  return hasHost && bare.includes('/')
    ? bare
    : `${defaultHost.toLowerCase()}/${bare}`;
}
