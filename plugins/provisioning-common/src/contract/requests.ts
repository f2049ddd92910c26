import { isoSchema, pageOf, saidSchema } from '@fawkes/kit-contract';
import { z } from 'zod';
import { costSchema, fileModeSchema } from './plan';
import { effectSchema } from './effects';
import { digestSchema, kindSchema } from './ids';
import { normalSpecSchema } from './spec';
import {
  driftWordSchema,
  requestStateSchema,
  runKindSchema,
  runStateSchema,
  serviceSchema,
  undoClassSchema,
  originSchema,
} from './states';
import { linkSchema } from './link';

/** One walk through effects. @public */
export const runSchema = z.object({
  id: z.string(),
  kind: runKindSchema,
  state: runStateSchema,
  /** Why it ended as it did. */
  reason: saidSchema.nullable(),
  /** Entity ref of whose rights it uses. */
  initiator: z.string(),
  /** Somebody asked it to stop; it lets what was sent come to an end. */
  cancelAsked: z.boolean(),
  startedAt: isoSchema,
  finishedAt: isoSchema.nullable(),
  /** How long it took, or has taken so far. */
  seconds: z.number(),
});
/** See {@link runSchema}. @public */
export type Run = z.infer<typeof runSchema>;

/** What somebody may want of a request. @public */
export const REQUEST_ACTIONS = [
  'see',
  'update',
  'deploy',
  'rollback',
  'merge',
  'cancel',
  'retry',
  'start',
  'stop',
  'destroy',
  'force',
  'purge',
  'forget',
  'transfer',
  'accept_transfer',
  'attic',
  'pull',
  'push',
] as const;
/** One of {@link REQUEST_ACTIONS}. @public */
export const requestActionSchema = z.enum(REQUEST_ACTIONS);
/** See {@link requestActionSchema}. @public */
export type RequestAction = z.infer<typeof requestActionSchema>;

/** Whether you may do something now, and if not, why. @public */
export const allowanceSchema = z.object({
  action: requestActionSchema,
  allowed: z.boolean(),
  /** Why not: your rights, or the state. */
  reason: saidSchema.nullable(),
  /** Who may, in words. */
  who: saidSchema,
});
/** See {@link allowanceSchema}. @public */
export type Allowance = z.infer<typeof allowanceSchema>;

/** Something that exists because of a request. @public */
export const thingSchema = z.object({
  /** Id of the effect that made it. */
  effect: z.string(),
  title: saidSchema,
  origin: originSchema.nullable(),
  undoClass: undoClassSchema,
  undo: saidSchema,
  links: z.array(linkSchema),
});
/** See {@link thingSchema}. @public */
export type Thing = z.infer<typeof thingSchema>;

/** A request as lists show it. @public */
export const requestSummarySchema = z.object({
  id: z.string(),
  kind: kindSchema,
  namespace: z.string(),
  name: z.string(),
  title: z.string(),
  /** Entity ref of the component. */
  entityRef: z.string(),
  owner: z.string(),
  requester: z.string(),
  state: requestStateSchema,
  reason: saidSchema.nullable(),
  service: serviceSchema,
  practice: z.boolean(),
  template: z.object({ name: z.string(), version: z.string() }),
  createdAt: isoSchema,
  updatedAt: isoSchema,
});
/** See {@link requestSummarySchema}. @public */
export type RequestSummary = z.infer<typeof requestSummarySchema>;

/** `GET /requests` @public */
export const requestsResponseSchema = pageOf(requestSummarySchema);
/** See {@link requestsResponseSchema}. @public */
export type RequestsResponse = z.infer<typeof requestsResponseSchema>;

/** What is deployed, or was. @public */
export const releaseSchema = z.object({
  /** Digest of the artifact. */
  digest: z.string(),
  commit: z.string(),
  /** Whether it ever was ready three times in a row. */
  healthy: z.boolean(),
  /** Whether it is what runs, or what would run. */
  current: z.boolean(),
  kind: z.enum(['deploy', 'rollback']),
  state: z.enum(['deploying', 'healthy', 'failed', 'superseded', 'retired']),
  reason: saidSchema.nullable(),
  at: isoSchema,
  by: z.string(),
  runId: z.string(),
});
/** See {@link releaseSchema}. @public */
export type Release = z.infer<typeof releaseSchema>;

/** One request, whole. @public */
export const requestSchema = z.object({
  ...requestSummarySchema.shape,
  spec: normalSpecSchema,
  specDigest: digestSchema,
  planDigest: digestSchema,
  bundleDigest: digestSchema,
  /** Number of the revision that is in force. */
  revision: z.number().int(),
  onFailure: z.enum(['continue', 'undo']),
  /** When a practice request ends by itself. */
  endsAt: isoSchema.nullable(),
  /** The run that goes on, else the last one. */
  run: runSchema,
  /** A push to main that is deployed when the run ends. */
  waitingCommit: z.string().nullable(),
  things: z.array(thingSchema),
  links: z.array(linkSchema),
  releases: z.array(releaseSchema),
  /** What was found about pushed files and the like. */
  findings: z.array(saidSchema),
  cost: costSchema,
  /** The group that was offered to take it over. */
  pendingOwner: z.string().nullable(),
  /** What you may do. */
  allowances: z.array(allowanceSchema),
  /** Which program proves what this request did. */
  provenBy: z.enum([
    'real-program',
    'source-derived-stand-in',
    'static-check',
    'not-proven',
  ]),
  serverTime: isoSchema,
});
/** See {@link requestSchema}. @public */
export type ProvisioningRequest = z.infer<typeof requestSchema>;

/** `GET /requests/:id/effects` @public */
export const effectsResponseSchema = z.object({
  asOf: isoSchema,
  /** The runs the effects belong to, newest first. */
  runs: z.array(runSchema),
  /** In the order they may begin. */
  items: z.array(effectSchema),
});
/** See {@link effectsResponseSchema}. @public */
export type EffectsResponse = z.infer<typeof effectsResponseSchema>;

/** Longest difference of one file in an answer, in UTF-16 code units. @public */
export const MAX_DIFF_TEXT = 64 * 1024;

/** A file an update changes. @public */
export const fileChangeSchema = z.object({
  path: z.string(),
  change: z.enum(['added', 'changed', 'removed', 'conflict']),
  /** Unified difference; null where there is no text or too much of it. */
  diff: z.string().max(MAX_DIFF_TEXT).nullable(),
});
/** See {@link fileChangeSchema}. @public */
export type FileChange = z.infer<typeof fileChangeSchema>;

/** An accepted spec. @public */
export const revisionSchema = z.object({
  revision: z.number().int(),
  spec: normalSpecSchema,
  specDigest: digestSchema,
  planDigest: digestSchema,
  bundleDigest: digestSchema,
  acceptedAt: isoSchema,
  by: z.string(),
  /** What it changed, in words. */
  changes: z.array(saidSchema),
  /** Its review; null for the first, which had none. */
  review: z
    .object({
      state: z.enum(['preparing', 'open', 'merged', 'closed']),
      branch: z.string(),
      /** Commit of main it was compared with; `merge` sends it back. */
      head: z.string().nullable(),
      files: z.array(fileChangeSchema),
      /** Where it is reviewed when that is not the request page. */
      url: z.string().nullable(),
    })
    .nullable(),
});
/** See {@link revisionSchema}. @public */
export type Revision = z.infer<typeof revisionSchema>;

/** `GET /requests/:id/revisions` @public */
export const revisionsResponseSchema = z.object({
  asOf: isoSchema,
  /** Newest first. */
  items: z.array(revisionSchema),
});
/** See {@link revisionsResponseSchema}. @public */
export type RevisionsResponse = z.infer<typeof revisionsResponseSchema>;

/** `GET /requests/:id/drift` @public */
export const driftResponseSchema = z.object({
  word: driftWordSchema,
  reason: saidSchema,
  /** From which template version to which one could go. */
  behind: z.object({ from: z.string(), to: z.string() }).nullable(),
  files: z.array(
    z.object({ path: z.string(), word: driftWordSchema, reason: saidSchema }),
  ),
  asOf: isoSchema,
});
/** See {@link driftResponseSchema}. @public */
export type DriftResponse = z.infer<typeof driftResponseSchema>;

/** Longest line of a log; the rest of it is cut. @public */
export const MAX_LOG_LINE = 4_096;

/** `GET /requests/:id/logs` @public */
export const logsResponseSchema = z.object({
  lines: z.array(
    z.object({
      at: isoSchema,
      stream: z.enum(['portal', 'out', 'err']),
      text: z.string().max(MAX_LOG_LINE),
    }),
  ),
  /** What to send as `after`. */
  next: z.string(),
  /** Older lines were thrown away. */
  cut: z.boolean(),
  /** Nothing more will come. */
  ended: z.boolean(),
});
/** See {@link logsResponseSchema}. @public */
export type LogsResponse = z.infer<typeof logsResponseSchema>;

/** `GET /requests/:id/bundle` @public */
export const bundleResponseSchema = z.object({
  revision: z.number().int(),
  bundleDigest: digestSchema,
  files: z.array(
    z.object({
      path: z.string(),
      mode: fileModeSchema,
      sha256: digestSchema,
      /** Base64. */
      bytes: z.string(),
    }),
  ),
});
/** See {@link bundleResponseSchema}. @public */
export type BundleResponse = z.infer<typeof bundleResponseSchema>;

/** `GET /requests/:id/attic` @public */
export const atticResponseSchema = z.object({
  fileName: z.string(),
  size: z.number().int(),
  sha256: digestSchema,
  /** When it is thrown away. */
  keptUntil: isoSchema,
  /** A `git bundle`, Base64. */
  bytes: z.string(),
});
/** See {@link atticResponseSchema}. @public */
export type AtticResponse = z.infer<typeof atticResponseSchema>;

/** `GET /requests/:id/destruction`: what a destroy would do. @public */
export const destructionResponseSchema = z.object({
  asOf: isoSchema,
  goes: z.array(thingSchema),
  /** What stays, and why. */
  stays: z.array(z.object({ thing: thingSchema, reason: saidSchema })),
  /** Who depends on it; not empty: only the platform group can force it. */
  dependants: z.array(saidSchema),
  /** Commits of other people that go into the attic with the repository. */
  othersCommits: z.array(
    z.object({ commit: z.string(), author: z.string(), subject: z.string() }),
  ),
});
/** See {@link destructionResponseSchema}. @public */
export type DestructionResponse = z.infer<typeof destructionResponseSchema>;
