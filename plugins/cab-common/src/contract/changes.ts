import {
  entityRefSchema,
  entitySchema,
  instantSchema,
  isoSchema,
  pageOf,
  pageShape,
  saidSchema,
  textUpTo,
  titleSchema,
} from '@fawkes/kit-contract';
import { z } from 'zod';
import { evidenceKindSchema } from './evidence/kinds';
import { exceptionSchema } from './exceptions';
import { gateOutlookSchema } from './gate';
import { artifactDigestSchema, commitSchema, environmentSchema } from './ids';
import {
  environmentClassSchema,
  factValueSchema,
  riskResultSchema,
  riskRouteSchema,
} from './risk';
import { changeStateSchema, changeTypeSchema, phaseSchema } from './states';
import {
  bindingSchema,
  decisionSchema,
  reasonSchema,
  voteStateSchema,
} from './votes';

/** Longest planned window, in days. @public */
export const MAX_WINDOW_DAYS = 30;

/** When it is to start: from an instant to another that is not part of it. @public */
export const plannedWindowSchema = z
  .strictObject({ from: instantSchema, to: instantSchema })
  .refine(
    ({ from, to }) => Date.parse(from) < Date.parse(to),
    'must end after it begins',
  )
  .refine(
    ({ from, to }) =>
      Date.parse(to) - Date.parse(from) <= MAX_WINDOW_DAYS * 86_400_000,
    `must be ${MAX_WINDOW_DAYS} days at most`,
  );
/** See {@link plannedWindowSchema}. @public */
export type PlannedWindow = z.infer<typeof plannedWindowSchema>;

const description = textUpTo(8_000);

/** What a revision says. @public */
export const planSchema = z.strictObject({
  title: titleSchema,
  description: description.default(''),
  window: plannedWindowSchema.nullable().default(null),
});
/** See {@link planSchema}. @public */
export type Plan = z.infer<typeof planSchema>;

/** `POST /changes` @public */
export const createChangeBodySchema = planSchema.extend({
  entityRef: entityRefSchema,
  environment: environmentSchema,
  headSha: commitSchema,
  artifactDigest: artifactDigestSchema.nullable().default(null),
  type: z.enum(['normal', 'emergency']).default('normal'),
  /** It was made to show how this works; people see so. Nothing is easier for it. */
  sample: z.boolean().default(false),
});
/** See {@link createChangeBodySchema}. @public */
export type CreateChangeBody = z.infer<typeof createChangeBodySchema>;

/** `POST /changes/:id/edit`: a new revision. @public */
export const editBodySchema = planSchema.extend({
  /** The revision it was made from. */
  revision: z.int().min(1),
});
/** See {@link editBodySchema}. @public */
export type EditBody = z.infer<typeof editBodySchema>;

/** `POST /changes/:id/submit` @public */
export const submitBodySchema = z.strictObject({ revision: z.int().min(1) });

/** What is done with a reason that others can read. @public */
export const reasonBodySchema = z.strictObject({ reason: reasonSchema });

/** `POST /changes/:id/comments` @public */
export const commentBodySchema = z.strictObject({
  text: textUpTo(4_000).trim().min(1),
});

/** `GET /changes` @public */
export const changesQuerySchema = z.strictObject({
  ...pageShape(),
  entityRef: entityRefSchema.optional(),
  state: changeStateSchema.optional(),
  phase: phaseSchema.optional(),
  environment: environmentSchema.optional(),
  /** Who asked for it. */
  submitter: entityRefSchema.optional(),
});
/** See {@link changesQuerySchema}. @public */
export type ChangesQuery = z.infer<typeof changesQuerySchema>;

/** Who has to approve, and what is missing. @public */
export const requirementSchema = z.object({
  review: z.enum(['peer_review', 'board_review']),
  /** Groups whose members may vote. */
  pool: z.array(z.string()),
  /** Votes of different people. */
  min: z.int(),
  /** Of them at least so many of a group, or `outside` of the owning one. */
  atLeast: z.array(z.object({ group: z.string(), n: z.int() })),
  /** It had to be asked of others than usual. */
  escalated: z.boolean(),
  /** Votes that are missing at least. */
  lacking: z.int(),
});

/** A change request as lists show it. @public */
export const changeSummarySchema = z.object({
  id: z.string(),
  type: changeTypeSchema,
  state: changeStateSchema,
  entity: entitySchema,
  environment: z.string(),
  /** Null where the installation knows no class for it: it counts as production. */
  environmentClass: environmentClassSchema.nullable(),
  headSha: z.string(),
  artifactDigest: z.string().nullable(),
  /** It was made to show how this works. */
  sample: z.boolean(),
  title: z.string(),
  /** Entity ref of who asked for it. */
  submitter: z.string(),
  /** Entity ref of who owns the entity. */
  owner: z.string().nullable(),
  revision: z.int(),
  /** The score for people; null before it was submitted. */
  score: z.string().nullable(),
  route: riskRouteSchema.nullable(),
  /** Who must do what. */
  next: saidSchema,
  createdAt: isoSchema,
  updatedAt: isoSchema,
  /** Until when an approval holds. */
  expiresAt: isoSchema.nullable(),
});
/** See {@link changeSummarySchema}. @public */
export type ChangeSummary = z.infer<typeof changeSummarySchema>;

/** Answer of `GET /changes`. @public */
export const changesResponseSchema = pageOf(changeSummarySchema);
/** See {@link changesResponseSchema}. @public */
export type ChangesResponse = z.infer<typeof changesResponseSchema>;

/** Answer of `GET /waiting`. @public */
export const waitingResponseSchema = z.object({
  asOf: isoSchema,
  /** Those that have waited longest first. */
  items: z.array(changeSummarySchema),
  /** There are more than are listed. */
  more: z.boolean(),
});
/** See {@link waitingResponseSchema}. @public */
export type WaitingResponse = z.infer<typeof waitingResponseSchema>;

/** Answer of `GET /environments`. @public */
export const environmentsResponseSchema = z.object({
  /** Those the installation has listed. What is not listed counts as production. */
  items: z.array(
    z.object({
      name: z.string(),
      environmentClass: environmentClassSchema,
      /** Pipelines have to ask for it, where the entity takes part. */
      gated: z.boolean(),
      /** Kinds of evidence without which nothing is submitted there. */
      missingEvidence: z.array(evidenceKindSchema),
    }),
  ),
});
/** See {@link environmentsResponseSchema}. @public */
export type EnvironmentsResponse = z.infer<typeof environmentsResponseSchema>;

/** A vote as people see it; void ones with the reason. @public */
export const voteSchema = z.object({
  id: z.string(),
  userRef: z.string(),
  /** Who cast it for them; null where they did so themselves. */
  castBy: z.string().nullable(),
  round: z.int(),
  decision: decisionSchema,
  revision: z.int(),
  state: voteStateSchema,
  /** Why it does not count. */
  why: saidSchema.nullable(),
  /** What they said about it; null when nothing, or erased. */
  reason: z.string().nullable(),
  at: isoSchema,
});
/** See {@link voteSchema}. @public */
export type ChangeVote = z.infer<typeof voteSchema>;

/** An entry of the record as people see it. @public */
export const timelineEntrySchema = z.object({
  /** Number in the record. */
  seq: z.int(),
  type: z.string(),
  actor: z.string(),
  at: isoSchema,
  /** State after it. */
  state: changeStateSchema,
  /** What somebody said; null when nothing, or erased. */
  text: z.string().nullable(),
});
/** See {@link timelineEntrySchema}. @public */
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** Facts with who told them, as a revision was scored with them. @public */
export const shownFactSchema = z.object({
  name: z.string(),
  value: factValueSchema,
  source: z.string(),
  observedAt: isoSchema,
});

/** Where a score comes from, and what would lower it. @public */
export const explanationSchema = z.object({
  steps: z.array(
    z.object({
      id: z.string(),
      weight: z.int(),
      permille: z.int(),
      milli: z.int(),
      upTo: z.int(),
      facts: z.array(z.string()),
      missing: z.array(z.string()),
    }),
  ),
  lifted: z.int(),
  deciding: z.array(z.string()),
  wouldLower: z.array(
    z.object({
      id: z.string(),
      facts: z.array(z.string()),
      score: z.int(),
      shown: z.string(),
      route: riskRouteSchema,
    }),
  ),
});
/** See {@link explanationSchema}. @public */
export type Explanation = z.infer<typeof explanationSchema>;

/** A risk with where it comes from. @public */
export const explainedRiskSchema = z.object({
  result: riskResultSchema,
  explanation: explanationSchema,
  facts: z.array(shownFactSchema),
  /** When the facts were read. */
  asOf: isoSchema,
});
/** See {@link explainedRiskSchema}. @public */
export type ExplainedRisk = z.infer<typeof explainedRiskSchema>;

/** `POST /risk/preview` @public */
export const previewBodySchema = z.strictObject({
  entityRef: entityRefSchema,
  environment: environmentSchema,
  headSha: commitSchema.optional(),
  window: plannedWindowSchema.nullable().default(null),
});
/** See {@link previewBodySchema}. @public */
export type PreviewBody = z.infer<typeof previewBodySchema>;

/** Answer of `POST /risk/preview`. @public */
export const previewSchema = explainedRiskSchema.extend({
  /** Null where the installation knows no class for it: it counts as production. */
  environmentClass: environmentClassSchema.nullable(),
  /** Kinds of evidence without which it is not submitted there. */
  missingEvidence: z.array(evidenceKindSchema),
  /** Who would be asked. */
  asks: z.object({
    pool: z.array(z.string()),
    min: z.int(),
  }),
});
/** See {@link previewSchema}. @public */
export type Preview = z.infer<typeof previewSchema>;

/** Answer of `GET /changes/:id`. @public */
export const changeSchema = changeSummarySchema.extend({
  asOf: isoSchema,
  description: z.string(),
  window: z.object({ from: isoSchema, to: isoSchema }).nullable(),
  round: z.int(),
  /** What a vote has to name; null while nobody votes. */
  binding: bindingSchema.nullable(),
  risk: explainedRiskSchema.nullable(),
  requirement: requirementSchema.nullable(),
  /** When others are asked besides, and when it is put off; null while nobody is asked. */
  clock: z
    .object({
      escalatesAt: isoSchema.nullable(),
      defersAt: isoSchema.nullable(),
    })
    .nullable(),
  /** That the policy approved it by itself, or why not where the risk needs nobody. */
  automatic: saidSchema.nullable(),
  /** Kinds of evidence without which it is not submitted there. */
  missingEvidence: z.array(evidenceKindSchema),
  /** Exceptions this revision makes use of, the next to end first. */
  exceptions: z.array(exceptionSchema),
  /** What a pipeline would be told by what is known now. */
  gate: gateOutlookSchema,
  votes: z.array(voteSchema),
  timeline: z.array(timelineEntrySchema),
  /** The author side: who, and what they did. */
  involved: z.array(
    z.object({ who: z.string(), duty: z.string(), known: z.boolean() }),
  ),
  /** What the viewer may do: null may, words say why not. */
  mine: z.object({
    vote: saidSchema.nullable(),
    /** Members of the board the viewer may vote for. */
    voteFor: z.array(z.string()),
    submit: saidSchema.nullable(),
    edit: saidSchema.nullable(),
    withdraw: saidSchema.nullable(),
    revoke: saidSchema.nullable(),
    review: saidSchema.nullable(),
  }),
});
/** See {@link changeSchema}. @public */
export type Change = z.infer<typeof changeSchema>;
