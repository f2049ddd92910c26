import { nameSchema, textUpTo } from '@fawkes/kit-contract';
import { z } from 'zod';
import { digestSchema, versionSchema, writtenRefSchema } from './ids';
import { lineSchema, MAX_DESCRIPTION, MAX_SERVICE_TITLE } from './text';

/** Version of the shape of a spec that this code writes. @public */
export const SPEC_SCHEMA_VERSION = 1;

/** What a service is. @public */
export const SERVICE_TYPES = ['api', 'web', 'worker', 'library'] as const;
/** One of {@link SERVICE_TYPES}. @public */
export type ServiceType = (typeof SERVICE_TYPES)[number];
/** What it is written in. @public */
export const LANGUAGES = ['node'] as const;
/** One of {@link LANGUAGES}. @public */
export type Language = (typeof LANGUAGES)[number];
/** What builds it. @public */
export const CI_SYSTEMS = ['github-actions'] as const;
/** One of {@link CI_SYSTEMS}. @public */
export type CiSystem = (typeof CI_SYSTEMS)[number];
/** Where its repository can be. @public */
export const REPOSITORY_HOSTS = ['local', 'github'] as const;
/** One of {@link REPOSITORY_HOSTS}. @public */
export type RepositoryHost = (typeof REPOSITORY_HOSTS)[number];

/** Which template, exactly: a version, and what it consisted of. @public */
export const templateRefSchema = z.strictObject({
  name: nameSchema(63).regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    'must be the name of a template, e.g. node-api',
  ),
  version: versionSchema,
  /** Digest over the tree of the template. */
  treeHash: digestSchema,
});
/** See {@link templateRefSchema}. @public */
export type TemplateRef = z.infer<typeof templateRefSchema>;

const localRepositorySchema = z.strictObject({ host: z.literal('local') });

const githubRepositorySchema = z.strictObject({
  host: z.literal('github'),
  /** Host name of the server; github.com when left out. */
  server: textUpTo(253)
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,62})?(\.[a-z0-9]([a-z0-9-]{0,62})?)+$/i,
      'must be a host name, e.g. github.com',
    )
    .optional(),
  /** Organisation or person it belongs to. */
  owner: textUpTo(39).regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/i,
    'must be the name of an organisation or user on GitHub',
  ),
  visibility: z.enum(['private', 'internal', 'public']).optional(),
});

/** Where the code of a service lives. @public */
export const repositorySpecSchema = z.discriminatedUnion('host', [
  localRepositorySchema,
  githubRepositorySchema,
]);
/** See {@link repositorySpecSchema}. @public */
export type RepositorySpec = z.infer<typeof repositorySpecSchema>;

/**
 * What a service shall be, as somebody sent it. Nothing is filled in and nothing
 * is rewritten: newer code has to be able to read again what was meant.
 * `normaliseSpec` of the rules makes the form that is compared.
 *
 * Name and namespace are not in it: they are the key of the request.
 * @public
 */
export const serviceSpecSchema = z.strictObject({
  schemaVersion: z.literal(SPEC_SCHEMA_VERSION),
  template: templateRefSchema,
  type: z.enum(SERVICE_TYPES),
  language: z.enum(LANGUAGES),
  ci: z.enum(CI_SYSTEMS),
  /** The group that owns it. */
  owner: writtenRefSchema('group'),
  /** What people call it; its name when left out. */
  title: lineSchema(MAX_SERVICE_TITLE).optional(),
  description: lineSchema(MAX_DESCRIPTION),
  repository: repositorySpecSchema,
  /** The system it is a part of. */
  system: writtenRefSchema('system').optional(),
  lifecycle: z.enum(['experimental', 'production', 'deprecated']).optional(),
});
/** A spec as it was sent. @public */
export type ServiceSpec = z.infer<typeof serviceSpecSchema>;

/**
 * The normal form of a spec: every default explicit, references complete, text
 * in NFC. What is absent stays `null`, so that a field has one spelling.
 * @public
 */
export const normalSpecSchema = z.strictObject({
  schemaVersion: z.literal(SPEC_SCHEMA_VERSION),
  template: templateRefSchema,
  type: z.enum(SERVICE_TYPES),
  language: z.enum(LANGUAGES),
  ci: z.enum(CI_SYSTEMS),
  owner: z.string(),
  title: z.string().nullable(),
  description: z.string(),
  repository: z.discriminatedUnion('host', [
    localRepositorySchema,
    githubRepositorySchema.required(),
  ]),
  system: z.string().nullable(),
  lifecycle: z.enum(['experimental', 'production', 'deprecated']),
});
/** See {@link normalSpecSchema}. @public */
export type NormalSpec = z.infer<typeof normalSpecSchema>;
