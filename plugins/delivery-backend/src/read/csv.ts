import type {
  DeploymentsResponse,
  MetricSet,
  MetricsByResponse,
  MetricsResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import { toCsv, type Figure } from '@fawkes/kit-contract';

const BUCKET_HEAD = [
  'start',
  'end',
  'partial',
  'deployments',
  'deployments_per_day',
  'lead_time_p50_s',
  'lead_time_p90_s',
  'change_fail_rate',
  'recovery_p50_s',
  'recovery_p90_s',
  'rework_rate',
];

/** The trend charts of a scope, one row per bucket. */
export function seriesToCsv({ series }: MetricsResponse): string {
  return toCsv(
    BUCKET_HEAD,
    series.map(bucket => [
      bucket.start,
      bucket.end,
      bucket.partial,
      bucket.deployments,
      bucket.perDay.value,
      bucket.leadP50.value,
      bucket.leadP90.value,
      bucket.failRate.value,
      bucket.recoveryP50.value,
      bucket.recoveryP90.value,
      bucket.reworkRate.value,
    ]),
  );
}

const METRICS: Record<string, (metrics: MetricSet) => Figure | number> = {
  deployments: metrics => metrics.deploymentFrequency.deployments,
  deployments_per_day: metrics => metrics.deploymentFrequency.perDay,
  deploy_days_per_week: metrics =>
    metrics.deploymentFrequency.deployDaysPerWeek,
  lead_time_p50_s: metrics => metrics.leadTime.p50,
  lead_time_p90_s: metrics => metrics.leadTime.p90,
  change_fail_rate: metrics => metrics.changeFailRate.rate,
  recovery_p50_s: metrics => metrics.recoveryTime.p50,
  rework_rate: metrics => metrics.reworkRate.rate,
  mttr_mean_s: metrics => metrics.mttr.mean,
};

/** The table by service or team. */
export function metricsByToCsv({ items }: MetricsByResponse): string {
  return toCsv(
    ['entity', 'title', ...Object.keys(METRICS)],
    items.map(({ entity, metrics }) => [
      entity.ref,
      entity.title,
      ...Object.values(METRICS).map(read => {
        const value = read(metrics);
        return typeof value === 'number' ? value : value.value;
      }),
    ]),
  );
}

/** The list of deployments. */
export function deploymentsToCsv({ items }: DeploymentsResponse): string {
  return toCsv(
    [
      'source',
      'id',
      'service',
      'environment',
      'status',
      'kind',
      'version',
      'finished_at',
      'changes',
      'link_method',
      'lead_time_p50_s',
      'failed',
      'recovered_at',
      'recovery_s',
      'rework',
      'url',
    ],
    items.map(item => [
      item.source,
      item.id,
      item.service,
      item.environment,
      item.status,
      item.kind,
      item.version,
      item.finishedAt,
      item.changes,
      item.method,
      item.leadTime.value,
      item.failed,
      item.recoveredAt,
      item.recoverySeconds,
      item.rework,
      item.url,
    ]),
  );
}
