import type {
  MetricsByResponse,
  MetricSet,
  MetricsResponse,
  MetricsRow,
} from '@fawkes/backstage-plugin-delivery-common';
import type { DataColumn } from '@fawkes/kit-ui/charts';
import { METRICS, type MetricName } from '../../charts';
import {
  METRIC_UNITS,
  metricFacts,
  type MetricUnit,
} from '../../components/metrics';

const UNIT_NAMES: Readonly<Record<MetricUnit, string>> = {
  frequency: 'per_day',
  duration: 'seconds',
  rate: 'share',
};

/** Names of the fields in a file: stable, in snake case, with the unit. */
const FIELD_NAMES: Readonly<Record<MetricName, string>> = {
  deploymentFrequency: 'deployments_per_day',
  leadTime: 'lead_time_p50_seconds',
  recoveryTime: 'recovery_p50_seconds',
  changeFailRate: 'change_fail_rate',
  reworkRate: 'rework_rate',
};

/** A column of a file nobody reads on screen. */
function column<Row>(
  csvHeader: string,
  raw: (row: Row) => string | number | null,
): DataColumn<Row> {
  return {
    key: csvHeader,
    header: csvHeader,
    csvHeader,
    raw,
    text: row => String(raw(row) ?? ''),
  };
}

interface SummaryRow {
  metric: string;
  value: number | null;
  unit: string;
  previous: number | null;
  difference: number | null;
  verdict: string;
  band: string | null;
  sample: number;
  reason: string | null;
}

/** The cards, row by row, with MTTR under its own name. */
export function summaryRows(metrics: MetricSet): SummaryRow[] {
  const rows = METRICS.map((name): SummaryRow => {
    const { value, trend, band, count } = metricFacts(metrics, name);
    return {
      metric: FIELD_NAMES[name],
      value: value.value,
      unit: UNIT_NAMES[METRIC_UNITS[name]],
      previous: trend.previous.value,
      difference: trend.difference.value,
      verdict: trend.verdict,
      band,
      sample: count,
      reason: 'reason' in value ? value.reason : null,
    };
  });
  const { mean, count } = metrics.mttr;
  return [
    ...rows,
    {
      metric: 'mttr_mean_seconds',
      value: mean.value,
      unit: 'seconds',
      previous: null,
      difference: null,
      verdict: '',
      band: null,
      sample: count,
      reason: 'reason' in mean ? mean.reason : null,
    },
  ];
}

export const SUMMARY_COLUMNS: DataColumn<SummaryRow>[] = [
  column('metric', row => row.metric),
  column('value', row => row.value),
  column('unit', row => row.unit),
  column('previous', row => row.previous),
  column('difference', row => row.difference),
  column('verdict', row => row.verdict),
  column('band', row => row.band),
  column('sample_size', row => row.sample),
  column('reason', row => row.reason),
];

/** The table of teams or services, raw. */
export const BREAKDOWN_COLUMNS: DataColumn<MetricsRow>[] = [
  column('entity', row => row.entity.ref),
  column('title', row => row.entity.title),
  column('sample_data', row => String(row.sample)),
  ...METRICS.flatMap(name => [
    column<MetricsRow>(
      FIELD_NAMES[name],
      row => metricFacts(row.metrics, name).value.value,
    ),
    column<MetricsRow>(
      `${FIELD_NAMES[name]}_band`,
      row => metricFacts(row.metrics, name).band,
    ),
    column<MetricsRow>(
      `${FIELD_NAMES[name]}_sample_size`,
      row => metricFacts(row.metrics, name).count,
    ),
  ]),
];

/** Everything on the page, as the API gave it, and where it can be seen again. */
export function viewJson(
  link: string,
  metrics: MetricsResponse,
  by: Omit<MetricsByResponse, 'nextCursor'> | undefined,
): string {
  return `${JSON.stringify({ link, metrics, by: by ?? null }, null, 2)}\n`;
}
