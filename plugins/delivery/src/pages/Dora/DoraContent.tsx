import type { MetricBucket } from '@fawkes/backstage-plugin-delivery-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { DateTime } from 'luxon';
import { Dimmed, ErrorState, PageSkeleton } from '@fawkes/kit-ui/states';
import type { DeliveryView, DeliveryViewState } from '../../components/filters';
import { MetricGroups, MttrLine } from '../../components/metrics';
import type { useMetrics, useMetricsBy } from '../../hooks';
import { deliveryTranslationRef } from '../../translation';
import { BenchmarkPanel } from './BenchmarkPanel';
import { Breakdown } from './Breakdown';
import { NoFacts } from './NoFacts';
import { Notes } from './Notes';
import { StageSection } from './StageSection';
import styles from './Dora.module.css';
import { TrendCharts } from './TrendCharts';
import { useHashTarget } from './useHashTarget';

interface DoraContentProps {
  metrics: ReturnType<typeof useMetrics>;
  by: ReturnType<typeof useMetricsBy>;
  view: DeliveryView;
  /** Length of the window in days. */
  days: number;
  onChange: DeliveryViewState['change'];
}

/** The dates a bucket covers in its zone, `[from, to)`. */
function datesOf(bucket: MetricBucket, zone: string) {
  const at = (iso: string) => DateTime.fromISO(iso, { zone });
  const from = at(bucket.start).startOf('day');
  const end = at(bucket.end);
  // A bucket cut by the clock ends within a day, which belongs to it.
  const to = end.equals(end.startOf('day'))
    ? end
    : end.startOf('day').plus({ days: 1 });
  return { from: from.toISODate() ?? '', to: to.toISODate() ?? '' };
}

/** The page below its filter bar, in each of its states. */
export function DoraContent({
  metrics,
  by,
  view,
  days,
  onChange,
}: DoraContentProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { data, error, isFetching, isPlaceholderData, refetch } = metrics;
  useHashTarget(data !== undefined);
  if (!data) {
    return error ? (
      <ErrorState
        title={t('state.error.title')}
        error={error}
        onRetry={refetch}
        isRetrying={isFetching}
      />
    ) : (
      <PageSkeleton label={t('state.loading')} />
    );
  }
  const notes = (
    <Notes
      answer={data}
      isUpdating={isPlaceholderData}
      hasFailed={error !== null}
    />
  );
  if (data.scope.firstFactAt === null) {
    return (
      <>
        {notes}
        <NoFacts
          why={data.metrics.deploymentFrequency.perDay}
          scope={view.scope}
          onWiden={() => onChange({ scope: [] })}
        />
      </>
    );
  }
  return (
    <>
      {notes}
      <Dimmed when={isPlaceholderData}>
        <div className={styles.stack}>
          <MetricGroups answer={data} days={days} bands={view.bands} />
          <MttrLine mttr={data.metrics.mttr} />
          <TrendCharts
            answer={data}
            days={days}
            onSelect={bucket =>
              onChange({ window: datesOf(bucket, data.window.tz) })
            }
          />
          <StageSection answer={data} />
        </div>
      </Dimmed>
      <Breakdown by={by} view={view} days={days} onChange={onChange} />
      <Dimmed when={isPlaceholderData}>
        <BenchmarkPanel answer={data} view={view} onChange={onChange} />
      </Dimmed>
    </>
  );
}
