import { STAGES, type Stage } from '@fawkes/backstage-plugin-delivery-common';

/** The five metrics as they are named in the API. @public */
export const METRICS = [
  'deploymentFrequency',
  'leadTime',
  'recoveryTime',
  'changeFailRate',
  'reworkRate',
] as const;
/** @public */
export type MetricName = (typeof METRICS)[number];

/**
 * The same metric has the same colour everywhere. An app may bring a palette
 * (`--fawkes-chart-N`); a stock app has none, so every colour falls back to a
 * token of @backstage/ui that both themes define.
 * @public
 */
export const METRIC_COLOURS: Readonly<Record<MetricName, string>> = {
  deploymentFrequency: 'var(--fawkes-chart-1, var(--bui-accent-bg))',
  leadTime: 'var(--fawkes-chart-3, var(--bui-fg-announcement))',
  recoveryTime: 'var(--fawkes-chart-2, var(--bui-fg-warning))',
  changeFailRate: 'var(--fawkes-chart-4, var(--bui-fg-negative))',
  reworkRate: 'var(--fawkes-chart-5, var(--bui-fg-secondary))',
};

const STAGE_STRENGTH: Readonly<Record<Stage, number>> = {
  coding: 100,
  pickup: 45,
  review: 80,
  merge: 30,
  deploy: 60,
};

/** Stages are parts of the lead time: its colour in five strengths. @public */
export const STAGE_COLOURS = Object.fromEntries(
  STAGES.map(stage => [
    stage,
    `color-mix(in srgb, ${METRIC_COLOURS.leadTime} ${STAGE_STRENGTH[stage]}%, var(--bui-bg-neutral-1))`,
  ]),
) as Readonly<Record<Stage, string>>;
