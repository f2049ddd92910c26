import { textUpTo, toEntityRef } from '@fawkes/kit-contract';
import { z } from 'zod';

/** What can be asked for. @public */
export const KINDS = ['service'] as const;
/** One of {@link KINDS}. @public */
export const kindSchema = z.enum(KINDS);
/** See {@link kindSchema}. @public */
export type Kind = z.infer<typeof kindSchema>;

/** Id of a request: UUID v7, lower case. @public */
export const requestIdSchema = idSchema('a request');
/** Id of a run: UUID v7, lower case. @public */
export const runIdSchema = idSchema('a run');

function idSchema(what: string) {
  return z
    .string()
    .regex(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      `must be the id of ${what} (UUID v7, lower case)`,
    );
}

/** A SHA-256 as 64 lower-case hexadecimal digits. @public */
export const digestSchema = z
  .string()
  .regex(
    /^[0-9a-f]{64}$/,
    'must be a SHA-256 as 64 lower-case hexadecimal digits',
  );

/** A git object id: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits. @public */
export const commitSchema = z
  .string()
  .regex(
    /^([0-9a-f]{40}|[0-9a-f]{64})$/,
    'must be a full git commit of 40 or 64 lower-case hexadecimal digits',
  );

/** A semantic version without build metadata, e.g. `1.4.0` or `2.0.0-rc.1`. @public */
export const versionSchema = textUpTo(64).regex(
  /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/,
  'must be a semantic version, e.g. 1.4.0',
);

/** A catalog namespace: a lower-case DNS label of at most 63 characters. @public */
export const namespaceSchema = textUpTo(63).regex(
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
  'must be lower-case letters, digits and dashes, at most 63',
);

/**
 * Name of a service. It names a repository, a package, a container and a
 * Kubernetes object, so it is what all of them accept. Never folded: a name that
 * is refused is sent back with a suggestion.
 * @public
 */
export const serviceNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/,
    'must be 3 to 40 lower-case letters, digits and dashes, begin with a letter and end without a dash',
  );

/** Id of an effect, unique in its run: `repo:ensure`. @public */
export const effectIdSchema = textUpTo(100).regex(
  /^[a-z][a-z0-9-]*(:[a-z0-9-]+)*$/,
  'must be the id of an effect, e.g. repo:ensure',
);

/**
 * A reference to a group, completed to `group:namespace/name`. A reference that
 * names no kind is a group.
 * @public
 */
export const groupRefSchema = writtenRefSchema('group').transform(text =>
  toEntityRef(text, 'group'),
);

/** A reference as a person wrote it: held to its kind, left as it is. @public */
export function writtenRefSchema(kind: 'group' | 'system') {
  return textUpTo(191)
    .regex(
      /^([a-z][a-z0-9-]*:)?([a-z0-9][a-z0-9-]{0,62}\/)?[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/i,
      `must be a catalog entity reference, e.g. ${kind}:default/payments`,
    )
    .refine(
      text => toEntityRef(text, kind).startsWith(`${kind}:`),
      `must be a ${kind}`,
    );
}
