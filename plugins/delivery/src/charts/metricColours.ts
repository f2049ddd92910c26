import { STAGES, type Stage } from '@fawkes/backstage-plugin-delivery-common';
import { chartColour } from '@fawkes/kit-ui/charts';

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
 * The same metric has the same colour everywhere.
 * @public
 */
export const METRIC_COLOURS: Readonly<Record<MetricName, string>> = {
  deploymentFrequency: chartColour(0),
  leadTime: chartColour(2),
  recoveryTime: chartColour(1),
  changeFailRate: chartColour(3),
  reworkRate: chartColour(4),
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
