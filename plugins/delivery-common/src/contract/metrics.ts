import { z } from 'zod';
import { bandSchema } from './values';
import {
  entitySchema,
  figureSchema,
  isoSchema,
  saidSchema,
} from '@fawkes/kit-contract';

const seconds = figureSchema;

/** A duration metric over a sample; all in seconds. @public */
export const durationStatsSchema = z.object({
  p50: seconds,
  p75: seconds,
  p90: seconds,
  p95: seconds,
  mean: seconds,
  /** Sample size. */
  count: z.number().int(),
});
/** See {@link durationStatsSchema}. @public */
export type DurationStats = z.infer<typeof durationStatsSchema>;

/** Comparison with the period of equal length just before. @public */
export const trendSchema = z.object({
  previous: figureSchema,
  /** current − previous, in the metric's own unit. */
  difference: figureSchema,
  verdict: z.enum(['better', 'worse', 'same', 'noise', 'unknown']),
});
/** See {@link trendSchema}. @public */
export type Trend = z.infer<typeof trendSchema>;

const judged = {
  band: bandSchema.nullable(),
  /** 0..10 after DORA's Quick Check; null when unknown. */
  score: z.number().nullable(),
  trend: trendSchema,
};

/** The stages a change passes; the means add up to the mean lead time. @public */
export const STAGES = [
  'coding',
  'pickup',
  'review',
  'merge',
  'deploy',
] as const;
/** One of {@link STAGES}. @public */
export type Stage = (typeof STAGES)[number];

/**
 * What one stage takes of the mean lead time, in seconds and as a share.
 * @public
 */
export const stageShareSchema = z.object({
  stage: z.enum(STAGES),
  meanSeconds: z.number(),
  /** 0..1 of the mean lead time. */
  share: z.number(),
});
/** See {@link stageShareSchema}. @public */
export type StageShare = z.infer<typeof stageShareSchema>;

/**
 * The five DORA metrics and the time to restore. Durations are seconds, rates
 * 0..1.
 * @public
 */
export const metricSetSchema = z.object({
  deploymentFrequency: z.object({
    perDay: figureSchema,
    /** Median over complete ISO weeks. */
    deployDaysPerWeek: figureSchema,
    /** p50 of the gaps within chains, seconds. */
    timeBetween: seconds,
    deployments: z.number().int(),
    ...judged,
  }),
  leadTime: z.object({
    ...durationStatsSchema.shape,
    /** Changes left out because their start is unknown. */
    unknownStart: z.number().int(),
    /** Changes whose lead time would be negative, counted as 0. */
    clamped: z.number().int(),
    stages: z.array(stageShareSchema),
    ...judged,
  }),
  changeFailRate: z.object({
    rate: figureSchema,
    failed: z.number().int(),
    /** Deployments that reached production. */
    finished: z.number().int(),
    ...judged,
  }),
  recoveryTime: z.object({
    ...durationStatsSchema.shape,
    /** Failed deployments that have not recovered yet. */
    open: z.number().int(),
    ...judged,
  }),
  reworkRate: z.object({
    rate: figureSchema,
    rework: z.number().int(),
    finished: z.number().int(),
    ...judged,
  }),
  /** Mean time to restore over all incidents, its own measure. */
  mttr: z.object({
    mean: seconds,
    median: seconds,
    count: z.number().int(),
    open: z.number().int(),
  }),
});
/** See {@link metricSetSchema}. @public */
export type MetricSet = z.infer<typeof metricSetSchema>;

/** One bucket of the trend charts. @public */
export const bucketSchema = z.object({
  start: isoSchema,
  end: isoSchema,
  /** The window or `asOf` cuts this bucket short. */
  partial: z.boolean(),
  deployments: z.number().int(),
  perDay: figureSchema,
  leadP50: seconds,
  leadP90: seconds,
  failRate: figureSchema,
  recoveryP50: seconds,
  recoveryP90: seconds,
  reworkRate: figureSchema,
});
/** See {@link bucketSchema}. @public */
export type MetricBucket = z.infer<typeof bucketSchema>;

/** DORA's figures beside one's own. @public */
export const benchmarkSchema = z.object({
  edition: z.enum(['2025', '2024']),
  group: z.string(),
  /** The industry or size alone. */
  groupSaid: saidSchema,
  /** What the figures of the group go over. */
  groupOver: z.enum(['sizes', 'industries']).nullable(),
  attribution: z.string(),
  /** One's own overall score 0..10; null when nothing is known. */
  overall: z.number().nullable(),
  throughput: z.number().nullable(),
  stability: z.number().nullable(),
  rows: z.array(
    z.object({
      metric: z.enum([
        'leadTime',
        'deploymentFrequency',
        'changeFailRate',
        'recoveryTime',
        'reworkRate',
      ]),
      own: z.number().nullable(),
      /** DORA's mean on the 0..10 scale, higher is better. */
      mean: z.number(),
      deviation: z.number(),
    }),
  ),
});
/** See {@link benchmarkSchema}. @public */
export type Benchmark = z.infer<typeof benchmarkSchema>;

/**
 * What an answer is about: the entities asked for and the services behind them.
 * @public
 */
export const scopeSchema = z.object({
  entities: z.array(entitySchema),
  /** Services (Components) the caller may see in it. */
  services: z.number().int(),
  /** Some of the facts are told as sample data. */
  sample: z.boolean(),
  /** Some of the facts come from a sandbox source (single component only). */
  sandbox: z.boolean(),
  /** First fact of the scope; null without any. */
  firstFactAt: isoSchema.nullable(),
});

/** The time an answer is about; `to` is not part of it. @public */
export const windowSchema = z.object({
  from: isoSchema,
  to: isoSchema,
  tz: z.string(),
  bucket: z.enum(['day', 'week', 'month']),
  /** Days elapsed in the window (86,400 s each). */
  elapsedDays: z.number(),
});
/** See {@link windowSchema}. @public */
export type MetricWindow = z.infer<typeof windowSchema>;

/** Answer of `GET /metrics`. @public */
export const metricsResponseSchema = z.object({
  asOf: isoSchema,
  scope: scopeSchema,
  window: windowSchema,
  /** Quantiles come from mergeable sketches, within 1 %. */
  approximate: z.boolean(),
  /** Everything is being made anew: figures may still be those of before. */
  rebuilding: z.boolean(),
  metrics: metricSetSchema,
  series: z.array(bucketSchema),
  benchmark: benchmarkSchema,
});
/** See {@link metricsResponseSchema}. @public */
export type MetricsResponse = z.infer<typeof metricsResponseSchema>;

/** A row of `GET /metrics/by`. @public */
export const metricsRowSchema = z.object({
  entity: entitySchema,
  sample: z.boolean(),
  metrics: metricSetSchema,
  /** Deployments per week, oldest first. */
  spark: z.array(z.number().int()),
});
/** See {@link metricsRowSchema}. @public */
export type MetricsRow = z.infer<typeof metricsRowSchema>;

/** Answer of `GET /metrics/by`. @public */
export const metricsByResponseSchema = z.object({
  asOf: isoSchema,
  groupBy: z.enum(['service', 'team']),
  window: windowSchema,
  approximate: z.boolean(),
  /** Everything is being made anew: figures may still be those of before. */
  rebuilding: z.boolean(),
  items: z.array(metricsRowSchema),
  nextCursor: z.string().nullable(),
});
/** See {@link metricsByResponseSchema}. @public */
export type MetricsByResponse = z.infer<typeof metricsByResponseSchema>;
