import { useMemo } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MetricBucket } from '@fawkes/backstage-plugin-delivery-common';
import type { Figure } from '@fawkes/kit-contract';
import type { DataColumn } from '@fawkes/kit-ui/charts';
import { useFormat } from '@fawkes/kit-ui/values';
import type { MetricName } from '../../charts';
import { deliveryTranslationRef } from '../../translation';

/** The columns of buckets: one set per chart, and all of them for the export. */
export interface SeriesColumns {
  of: (metric: MetricName) => DataColumn<MetricBucket>[];
  all: DataColumn<MetricBucket>[];
}

/** Columns of the tables behind the charts over time. */
export function useSeriesColumns(tz: string): SeriesColumns {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat(tz);

  return useMemo(() => {
    const figure = (
      key: string,
      header: string,
      csvHeader: string,
      read: (bucket: MetricBucket) => Figure,
      say: (value: number) => string,
    ): DataColumn<MetricBucket> => ({
      key,
      header,
      csvHeader,
      numeric: true,
      raw: bucket => read(bucket).value,
      text: bucket => {
        const { value } = read(bucket);
        return value === null ? t('chart.unknown') : say(value);
      },
    });
    const start: DataColumn<MetricBucket> = {
      key: 'start',
      header: t('chart.start'),
      csvHeader: 'start',
      raw: bucket => bucket.start,
      text: bucket => format.day(bucket.start),
    };
    const end: DataColumn<MetricBucket> = {
      ...start,
      key: 'end',
      csvHeader: 'end',
      raw: bucket => bucket.end,
      text: bucket => format.day(bucket.end),
    };
    const complete: DataColumn<MetricBucket> = {
      key: 'complete',
      header: t('chart.complete'),
      csvHeader: 'complete',
      raw: bucket => String(!bucket.partial),
      text: bucket =>
        t(bucket.partial ? 'chart.complete.no' : 'chart.complete.yes'),
    };
    const own: Record<MetricName, DataColumn<MetricBucket>[]> = {
      deploymentFrequency: [
        {
          key: 'deployments',
          header: t('metric.deploymentFrequency'),
          csvHeader: 'deployments',
          numeric: true,
          raw: bucket => bucket.deployments,
          text: bucket => format.count(bucket.deployments),
        },
      ],
      leadTime: [
        figure(
          'leadP50',
          `${t('metric.leadTime')} p50`,
          'lead_time_p50_seconds',
          bucket => bucket.leadP50,
          format.duration,
        ),
        figure(
          'leadP90',
          `${t('metric.leadTime')} p90`,
          'lead_time_p90_seconds',
          bucket => bucket.leadP90,
          format.duration,
        ),
      ],
      changeFailRate: [
        figure(
          'failRate',
          t('metric.changeFailRate'),
          'change_fail_rate',
          bucket => bucket.failRate,
          format.rate,
        ),
      ],
      recoveryTime: [
        figure(
          'recoveryP50',
          `${t('metric.recoveryTime')} p50`,
          'recovery_p50_seconds',
          bucket => bucket.recoveryP50,
          format.duration,
        ),
        figure(
          'recoveryP90',
          `${t('metric.recoveryTime')} p90`,
          'recovery_p90_seconds',
          bucket => bucket.recoveryP90,
          format.duration,
        ),
      ],
      reworkRate: [
        figure(
          'reworkRate',
          t('metric.reworkRate'),
          'rework_rate',
          bucket => bucket.reworkRate,
          format.rate,
        ),
      ],
    };
    return {
      of: metric => [start, ...own[metric], complete],
      all: [start, end, ...Object.values(own).flat(), complete],
    };
  }, [t, format]);
}
