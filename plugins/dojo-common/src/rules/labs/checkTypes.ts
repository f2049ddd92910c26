import { z } from 'zod';
import type { Assurance } from '../belts/rule';
import { decimal, line, whole } from '../content/scalars';

/** Facts a learner can be asked for. @public */
export const LIVE_FACTS = [
  'owner',
  'change-fail-rate',
  'deployment-rework-rate',
] as const;
/** One of {@link LIVE_FACTS}. @public */
export type LiveFact = (typeof LIVE_FACTS)[number];

/** Figures a team can be measured by. @public */
export const LAB_METRICS = [
  'deployments',
  'change-fail-rate',
  'deployment-rework-rate',
] as const;
/** One of {@link LAB_METRICS}. @public */
export type LabMetric = (typeof LAB_METRICS)[number];

const entityRef = z
  .string()
  .max(200)
  .regex(
    /^[a-z]{1,63}:[\w.-]{1,63}\/[\w.-]{1,63}$/,
    'must be a full reference like component:default/payments-api',
  );
const days = whole.refine(
  text => Number(text) >= 1 && Number(text) <= 365,
  'must be from 1 to 365 days',
);
const path = z
  .string()
  .max(200)
  .regex(
    /^\/([\w.-][\w/.-]{0,198})?$/,
    'must be a path of the portal like /catalog',
  );

/** What a type of check is, whether or not this portal can make it. @public */
export interface CheckType {
  /** How well its evidence is known at best. */
  assurance: Assurance;
  /** What content says about it. */
  params: z.ZodType;
  /** What the learner types in; nothing where facts speak for themselves. */
  asks?: 'text' | 'number' | 'address';
  /** It looks for the nonce of the run. */
  nonce?: true;
}

/** Their params, and whether they look for the nonce, are known to who brings them. */
const elsewhere = (assurance: Assurance = 'observed'): CheckType => ({
  assurance,
  nonce: true,
  params: z.record(z.string().max(64), z.unknown()),
});

/**
 * Every type of check there is a name for. Those whose params are open have no
 * maker in the suite: labs with them say what they need.
 * @public
 */
export const CHECK_TYPES: Readonly<Record<string, CheckType>> = {
  'answer-live': {
    assurance: 'observed',
    asks: 'text',
    params: z.strictObject({
      fact: z.enum(LIVE_FACTS),
      /** One is drawn among those the learner sees where it is left out. */
      entity: entityRef.optional(),
      /** Whole days of a figure. */
      days: days.optional(),
    }),
  },
  'catalog-entity': {
    assurance: 'observed',
    nonce: true,
    params: z.strictObject({
      kind: z.string().regex(/^[A-Za-z]{1,63}$/, 'must be a kind of entity'),
      type: line.optional(),
    }),
  },
  'deployment-event': {
    assurance: 'observed',
    params: z.strictObject({
      /** How many; one where it is left out. */
      min: whole.optional(),
      environment: line.optional(),
      /** A new version, or one that had been there before. */
      kind: z.enum(['deploy', 'rollback']).optional(),
      /** How many versions have to be among them. */
      versions: whole.optional(),
      /** Since the run began, and not since the learner did. */
      window: z.literal('run').optional(),
    }),
  },
  'practice-service': { assurance: 'observed', params: z.strictObject({}) },
  'dora-metric': {
    assurance: 'attested',
    params: z.strictObject({
      metric: z.enum(LAB_METRICS),
      /** At least, or at most: a count, or a percent. */
      min: decimal.optional(),
      max: decimal.optional(),
      /** Fewer deployments say nothing. */
      minSamples: whole,
    }),
  },
  visited: { assurance: 'self-reported', params: z.strictObject({ path }) },
  'http-probe': {
    assurance: 'observed',
    nonce: true,
    params: z.strictObject({
      /** The learner types one where it is left out; `{nonce}` is that of the run. */
      url: z
        .string()
        .max(500)
        .regex(/^https?:\/\//, 'must be an address')
        .optional(),
      status: whole.optional(),
      /** What the answer has to hold; `{nonce}` is that of the run. */
      contains: z.string().min(1).max(200).optional(),
    }),
  },
  'scaffolder-task': elsewhere(),
  'repo-file': elsewhere(),
  'ci-run': elsewhere(),
  'security-scan': elsewhere(),
  incident: elsewhere(),
  slo: elsewhere(),
  'k8s-resource': elsewhere(),
  'gitops-app': elsewhere(),
  'pull-request': elsewhere(),
  'cab-change': elsewhere(),
  'peer-review': elsewhere('attested'),
  mentoring: elsewhere('attested'),
  external: elsewhere('attested'),
};

/**
 * What the learner types in at a check, by its type and params: a figure is a
 * number, and an address that content names is not asked for.
 * @public
 */
export function asksOf(
  type: string,
  params: Readonly<Record<string, unknown>>,
): CheckType['asks'] {
  if (type === 'answer-live')
    return params.fact === 'owner' ? 'text' : 'number';
  if (type === 'http-probe') return params.url ? undefined : 'address';
  return undefined;
}
