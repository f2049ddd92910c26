import { z } from 'zod';
import { actorSchema } from './actor';
import { say } from '../contract/words';
import { commonShape, refuseReversed } from './common';
import { MAX_COMMITS, MAX_PARTS } from './limits';
import {
  environmentSchema,
  referenceSchema,
  repositorySchema,
  shaSchema,
  titleText,
} from './primitives';
import {
  entityRefSchema,
  instantSchema,
  MAX_TITLE,
  nameSchema,
  urlSchema,
} from '@fawkes/kit-contract';

/** Where a deployment stands, in the order it gets there. @public */
export const DEPLOYMENT_STATUSES = [
  'pending',
  'running',
  'success',
  'failure',
  'cancelled',
  'rolled_back',
] as const;

/** Statuses after which a deployment does not move any more. @public */
export const TERMINAL_STATUSES: readonly DeploymentStatus[] = [
  'success',
  'failure',
  'cancelled',
  'rolled_back',
];

/** One of {@link DEPLOYMENT_STATUSES}. @public */
export type DeploymentStatus = (typeof DEPLOYMENT_STATUSES)[number];

/**
 * What a deployment is made for; `deploy` when the sender does not say.
 * @public
 */
export const DEPLOYMENT_KINDS = [
  'deploy',
  'rollback',
  'hotfix',
  'config',
] as const;

/** One of {@link DEPLOYMENT_KINDS}. @public */
export type DeploymentKind = (typeof DEPLOYMENT_KINDS)[number];

const commitList = z.array(shaSchema).max(MAX_COMMITS);

const partSchema = z.strictObject({
  repository: repositorySchema,
  sha: shaSchema,
  commits: commitList.optional(),
});

/**
 * Something was put (or tried to be put) into an environment.
 * @public
 */
export const deploymentEventSchema = z
  .strictObject({
    type: z.literal('deployment'),
    ...commonShape,
    service: entityRefSchema.optional(),
    /** Left out only by a tombstone that does not care about it. */
    environment: environmentSchema.or(z.literal('')).default(''),
    status: z.enum(DEPLOYMENT_STATUSES),
    startedAt: instantSchema.optional(),
    finishedAt: instantSchema.optional(),
    repository: repositorySchema.optional(),
    sha: shaSchema.optional(),
    commits: commitList.optional(),
    parts: z.array(partSchema).min(1).max(MAX_PARTS).optional(),
    artifact: referenceSchema.optional(),
    version: titleText.optional(),
    kind: z.enum(DEPLOYMENT_KINDS).optional(),
    unplanned: z.boolean().optional(),
    fixesIncident: nameSchema(MAX_TITLE).optional(),
    /**
     * The run of a pipeline it is a job of: what one run puts into one
     * environment for one service is one deployment.
     */
    run: nameSchema(200).optional(),
    /**
     * What was told of this id before under another name: takes back what was
     * told up to now, of the named service or environment or of both.
     */
    replaces: z
      .strictObject({
        service: entityRefSchema.optional(),
        environment: environmentSchema.optional(),
      })
      .optional(),
    url: urlSchema.optional(),
    /**
     * Who set it going: a user (`user:default/jane`) or a login
     * (`github.com/jane`). Kept as a keyed hash, and nowhere as it was sent.
     */
    actor: actorSchema.optional(),
  })
  .superRefine((event, ctx) => {
    refuseReversed(event, 'startedAt', 'finishedAt', ctx);
    if (event.environment === '' && !event.deleted) {
      ctx.addIssue({
        code: 'custom',
        path: ['environment'],
        message: say('rejected.environment').text,
      });
    }
    if (
      TERMINAL_STATUSES.includes(event.status) &&
      !event.finishedAt &&
      !event.deleted
    ) {
      ctx.addIssue({
        code: 'custom',
        path: ['finishedAt'],
        message: say('rejected.terminal', { status: event.status }).text,
      });
    }
    if (event.sha && !event.repository) {
      ctx.addIssue({
        code: 'custom',
        path: ['repository'],
        message: say('rejected.with_sha').text,
      });
    }
    if (event.commits && !event.repository) {
      ctx.addIssue({
        code: 'custom',
        path: ['repository'],
        message: say('rejected.with_commits').text,
      });
    }
    if (event.parts && (event.repository || event.sha || event.commits)) {
      ctx.addIssue({
        code: 'custom',
        path: ['parts'],
        message: say('rejected.parts').text,
      });
    }
  });

/** See {@link deploymentEventSchema}. @public */
export type DeploymentEvent = z.infer<typeof deploymentEventSchema>;
