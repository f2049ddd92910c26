import { z } from 'zod';
import { DEPLOYMENT_KINDS, DEPLOYMENT_STATUSES } from '../events/deployment';
import { STAGES } from './metrics';
import { factRefSchema } from './values';
import {
  codedShape,
  figureSchema,
  isoSchema,
  pageOf,
  saidSchema,
} from '@fawkes/kit-contract';

/** How a change was found to be in a deployment, best first. @public */
export const LINK_METHODS = [
  'explicit-list',
  'reachability',
  'merge-sha',
  'head-sha',
  'squash-map',
  'artifact-map',
  'none',
] as const;
/** One of {@link LINK_METHODS}. @public */
export type LinkMethod = (typeof LINK_METHODS)[number];

/** How sure the link between a deployment and its changes is. @public */
export const confidenceSchema = z.enum(['certain', 'high', 'medium', 'low']);
/** See {@link confidenceSchema}. @public */
export type Confidence = z.infer<typeof confidenceSchema>;

/** Why a deployment counts as failed. @public */
export const failureCauseSchema = z.object({
  cause: z.enum([
    'incident',
    'rolled-back',
    'failed-later',
    'rollback-followed',
    'hotfix-followed',
    'mark',
  ]),
  /** The incident or deployment that told it. */
  fact: factRefSchema.optional(),
  /**
   * It is an incident of a service that the caller may not see, or several of
   * them: that there is one is all that is said.
   */
  hidden: z.literal(true).optional(),
  /** Words for people. */
  text: z.string(),
  ...codedShape,
});
/** See {@link failureCauseSchema}. @public */
export type FailureCause = z.infer<typeof failureCauseSchema>;

/** A deployment of one service as lists show it. @public */
export const deploymentSummarySchema = z.object({
  ...factRefSchema.shape,
  service: z.string(),
  serviceTitle: z.string(),
  environment: z.string(),
  production: z.boolean(),
  status: z.enum(DEPLOYMENT_STATUSES),
  kind: z.enum(DEPLOYMENT_KINDS),
  version: z.string().nullable(),
  startedAt: isoSchema.nullable(),
  finishedAt: isoSchema.nullable(),
  url: z.string().nullable(),
  /** The first success of its chain: it contains nothing. */
  seed: z.boolean(),
  failed: z.boolean(),
  rework: z.boolean(),
  recoveredAt: isoSchema.nullable(),
  /** Seconds from its finish (or detection) to recovery. */
  recoverySeconds: z.number().nullable(),
  changes: z.number().int(),
  method: z.enum(LINK_METHODS),
  confidence: confidenceSchema,
  /** Median lead time of its commits, seconds. */
  leadTime: figureSchema,
  sample: z.boolean(),
  sandbox: z.boolean(),
});
/** See {@link deploymentSummarySchema}. @public */
export type DeploymentSummary = z.infer<typeof deploymentSummarySchema>;

/** What another plugin says about a deployment. It counts nowhere. @public */
export const labelSchema = z.object({
  source: z.string(),
  text: z.string(),
  url: z.string(),
  at: isoSchema,
});
/** See {@link labelSchema}. @public */
export type Label = z.infer<typeof labelSchema>;

/** A repository a deployment was made from, and the commit. @public */
export const deployedRepositorySchema = z.object({
  repository: z.string(),
  sha: z.string().nullable(),
});

/** A deployment in a list, with what it is found by. @public */
export const listedDeploymentSchema = z.object({
  ...deploymentSummarySchema.shape,
  /** Without the repositories the caller may not see. */
  repositories: z.array(deployedRepositorySchema),
  artifact: z.string().nullable(),
  labels: z.array(labelSchema),
});
/** See {@link listedDeploymentSchema}. @public */
export type ListedDeployment = z.infer<typeof listedDeploymentSchema>;

/**
 * Answer of `GET /deployments`: newest first, or with `changedAfter` in the order
 * in which they last became another.
 * @public
 */
export const deploymentsResponseSchema = pageOf(listedDeploymentSchema).extend({
  /** Give it back as `changedAfter` to be told what becomes another from now on. */
  changedCursor: z.string(),
});
/** See {@link deploymentsResponseSchema}. @public */
export type DeploymentsResponse = z.infer<typeof deploymentsResponseSchema>;

/** One stage of one change. @public */
export const stageTimeSchema = z.object({
  stage: z.enum(STAGES),
  seconds: z.number(),
});

/** A change inside a deployment. @public */
export const containedChangeSchema = z.object({
  /** Opaque key for `GET /changes/:key`. */
  key: z.string(),
  kind: z.enum(['commit', 'pull_request']),
  repository: z.string(),
  /** Sha or pull request number, as the tool writes it. */
  id: z.string(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  committedAt: isoSchema.nullable(),
  leadSeconds: figureSchema,
  clamped: z.boolean(),
  stages: z.array(stageTimeSchema),
  /** The pull request a commit came in by. */
  pullRequest: z
    .object({
      number: z.number().int(),
      title: z.string().nullable(),
      url: z.string().nullable(),
    })
    .nullable(),
});
/** See {@link containedChangeSchema}. @public */
export type ContainedChange = z.infer<typeof containedChangeSchema>;

/**
 * A verdict on a deployment given by hand: which, why, by whom and when.
 * @public
 */
export const markSchema = z.object({
  verdict: z.enum(['failed', 'not_failed']),
  reason: z.string(),
  by: z.string(),
  at: isoSchema,
});
/** See {@link markSchema}. @public */
export type Mark = z.infer<typeof markSchema>;

/** An incident and the deployments it is linked to. @public */
export const incidentSchema = z.object({
  ...factRefSchema.shape,
  title: z.string().nullable(),
  service: z.string().nullable(),
  severity: z.string().nullable(),
  openedAt: isoSchema,
  resolvedAt: isoSchema.nullable(),
  /** Seconds from opened to resolved. */
  durationSeconds: figureSchema,
  url: z.string().nullable(),
  /** The deployments it is linked to, and by which rule. */
  deployments: z.array(
    z.object({ ...factRefSchema.shape, rule: z.enum(['caused-by', 'window']) }),
  ),
  sample: z.boolean(),
});
/** See {@link incidentSchema}. @public */
export type Incident = z.infer<typeof incidentSchema>;

/** Answer of `GET /incidents`, newest first. @public */
export const incidentsResponseSchema = pageOf(incidentSchema);
/** See {@link incidentsResponseSchema}. @public */
export type IncidentsResponse = z.infer<typeof incidentsResponseSchema>;

/** Answer of `GET /deployments/:key`. @public */
export const deploymentResponseSchema = z.object({
  asOf: isoSchema,
  /** Everything is being made anew: what is told may still be of before. */
  rebuilding: z.boolean(),
  deployment: deploymentSummarySchema,
  repositories: z.array(deployedRepositorySchema),
  /**
   * Those of them whose history begins here for its chain: they bring nothing.
   * All of them where it is a seed.
   */
  seedRepositories: z.array(z.string()),
  artifact: z.string().nullable(),
  labels: z.array(labelSchema),
  /** Words on how its changes were found. */
  methodText: z.string(),
  /** The same without how sure it is, with the code to translate it by. */
  methodSaid: saidSchema,
  /** How sure it is; null for the first known, which contains nothing. */
  confidenceSaid: saidSchema.nullable(),
  changes: z.array(containedChangeSchema),
  /** Some of its changes are in repositories the caller may not see, and left out. */
  changesHidden: z.boolean(),
  /** It brought more: the newest 1,000 commits and as many pull requests are here. */
  changesCut: z.boolean(),
  causes: z.array(failureCauseSchema),
  recovery: z
    .object({
      at: isoSchema,
      by: z.enum([
        'incident-resolved',
        'rollback',
        'hotfix',
        'rolled-back',
        'next-success',
      ]),
      fact: factRefSchema.optional(),
      /** It was an incident of a service that the caller may not see. */
      hidden: z.literal(true).optional(),
      text: z.string(),
      ...codedShape,
    })
    .nullable(),
  reworkText: z.string().nullable(),
  reworkSaid: saidSchema.nullable(),
  /** The incidents linked to it, without those the caller may not see. */
  incidents: z.array(incidentSchema),
  mark: markSchema.nullable(),
  /** The caller may mark it by hand. */
  mayMark: z.boolean(),
  previous: factRefSchema.nullable(),
  next: factRefSchema.nullable(),
});
/** See {@link deploymentResponseSchema}. @public */
export type DeploymentResponse = z.infer<typeof deploymentResponseSchema>;

/** What kind of environment it is to a service. @public */
export const ENVIRONMENT_CLASSES = ['production', 'other'] as const;
/** One of {@link ENVIRONMENT_CLASSES}. @public */
export type EnvironmentClass = (typeof ENVIRONMENT_CLASSES)[number];

/** Answer of `GET /environments`. @public */
export const environmentResponseSchema = z.object({
  asOf: isoSchema,
  service: z.string(),
  environment: z.string(),
  class: z.enum(ENVIRONMENT_CLASSES),
  /** Who says so: an annotation of the service, or the configuration for all. */
  saidBy: z.enum(['annotation', 'configuration']),
});
/** See {@link environmentResponseSchema}. @public */
export type EnvironmentResponse = z.infer<typeof environmentResponseSchema>;

/** Answer of `GET /changes/:key`. @public */
export const changeResponseSchema = z.object({
  asOf: isoSchema,
  /** Everything is being made anew: what is told may still be of before. */
  rebuilding: z.boolean(),
  change: z.object({
    key: z.string(),
    kind: z.enum(['commit', 'pull_request']),
    repository: z.string(),
    id: z.string(),
    title: z.string().nullable(),
    url: z.string().nullable(),
    /** Named instants in order, e.g. authored, committed, opened, merged. */
    timeline: z.array(z.object({ name: z.string(), at: isoSchema })),
    /** Of a pull request, as its sender or the pushes to its branch say. */
    commits: z.array(z.string()),
  }),
  /** Where it went: the first production deployment per service. */
  deployments: z.array(
    z.object({
      deployment: deploymentSummarySchema,
      leadSeconds: figureSchema,
      stages: z.array(stageTimeSchema),
    }),
  ),
});
/** See {@link changeResponseSchema}. @public */
export type ChangeResponse = z.infer<typeof changeResponseSchema>;
