import { useMemo } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MetricBucket,
  MetricsResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import {
  BarSeriesChart,
  ChartFigure,
  type ChartSeries,
  durationTicks,
  greatest,
  numberTicks,
  rateTicks,
  TimeSeriesChart,
} from '@fawkes/kit-ui/charts';
import { useFormat, useReason } from '@fawkes/kit-ui/values';
import { METRIC_COLOURS, type MetricName } from '../../charts';
import {
  chartId,
  metricFacts,
  METRIC_UNITS,
  TrendText,
  useMetricWords,
} from '../../components/metrics';
import { deliveryTranslationRef } from '../../translation';
import styles from './Dora.module.css';
import { useSeriesColumns } from './useSeriesColumns';

interface TrendChartProps {
  metric: MetricName;
  answer: MetricsResponse;
  /** Length of the window in days. */
  days: number;
  /** Looks at one bucket only. */
  onSelect: (bucket: MetricBucket) => void;
}

function seriesOf(
  metric: MetricName,
  buckets: readonly MetricBucket[],
  names: { metric: string; p50: string; p90: string },
): ChartSeries[] {
  const colour = METRIC_COLOURS[metric];
  const line = (
    key: keyof MetricBucket,
    label: string,
    values: (number | null)[],
    secondary = false,
  ) => ({ key, label, colour, values, secondary });
  switch (metric) {
    case 'deploymentFrequency':
      return [
        line(
          'deployments',
          names.metric,
          buckets.map(bucket => bucket.deployments),
        ),
      ];
    case 'leadTime':
      return [
        line(
          'leadP50',
          names.p50,
          buckets.map(b => b.leadP50.value),
        ),
        line(
          'leadP90',
          names.p90,
          buckets.map(b => b.leadP90.value),
          true,
        ),
      ];
    case 'recoveryTime':
      return [
        line(
          'recoveryP50',
          names.p50,
          buckets.map(b => b.recoveryP50.value),
        ),
        line(
          'recoveryP90',
          names.p90,
          buckets.map(b => b.recoveryP90.value),
          true,
        ),
      ];
    case 'changeFailRate':
      return [
        line(
          'failRate',
          '',
          buckets.map(b => b.failRate.value),
        ),
      ];
    default:
      return [
        line(
          'reworkRate',
          '',
          buckets.map(b => b.reworkRate.value),
        ),
      ];
  }
}

/** One metric over the window, with the sentence that says where it goes. */
export function TrendChart({
  metric,
  answer,
  days,
  onSelect,
}: TrendChartProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const reasonOf = useReason();
  const { tz, bucket: size } = answer.window;
  const format = useFormat(tz);
  const words = useMetricWords();
  const columns = useSeriesColumns(tz);
  const buckets = answer.series;
  const unit = METRIC_UNITS[metric];

  const points = useMemo(
    () =>
      buckets.map(bucket => ({
        key: bucket.start,
        label: format.day(bucket.start),
        partial: bucket.partial,
      })),
    [buckets, format],
  );
  const series = useMemo(
    () =>
      seriesOf(metric, buckets, {
        metric: t(`metric.${metric}`),
        p50: t('chart.p50'),
        p90: t('chart.p90'),
      }),
    [metric, buckets, t],
  );

  const max = greatest(series);
  const isUnknown = series.every(({ values }) =>
    values.every(value => value === null),
  );
  const facts = metricFacts(answer.metrics, metric);
  const cut = points.filter(point => point.partial).map(({ label }) => label);
  const isBar = unit === 'frequency';
  const say = isBar
    ? format.count
    : (value: number) => words.value(unit, value);
  const ticks = {
    frequency: () => numberTicks(max, { integer: true }),
    duration: () => durationTicks(max),
    rate: () => rateTicks(max),
  }[unit]();
  const Chart = isBar ? BarSeriesChart : TimeSeriesChart;

  return (
    <ChartFigure
      id={chartId(metric)}
      title={t(
        isBar
          ? `chart.deploymentFrequency.${size}`
          : `chart.${metric as Exclude<MetricName, 'deploymentFrequency'>}`,
      )}
      summary={
        facts.value.value === null ? (
          reasonOf(facts.value)
        ) : (
          <>
            {t('chart.now', { value: words.value(unit, facts.value.value) })}{' '}
            <TrendText facts={facts} days={days} />
          </>
        )
      }
      note={
        cut.length > 0 && !isUnknown
          ? t('chart.partialNote', { labels: cut.join(', ') })
          : undefined
      }
      columns={columns.of(metric)}
      rows={buckets}
      rowKey={bucket => bucket.start}
      fileName={`delivery-${metric}.csv`}
      onSelectRow={onSelect}
    >
      {isUnknown ? (
        <p className={styles.nothing}>{t('state.notEnough')}</p>
      ) : (
        <Chart
          points={points}
          series={series}
          formatTick={say}
          formatExact={unit === 'duration' ? format.exactDuration : say}
          ticks={ticks}
          partialText={t('chart.partial')}
          onSelect={index => onSelect(buckets[index])}
        />
      )}
    </ChartFigure>
  );
}
