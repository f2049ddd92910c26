import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Cell,
  CellText,
  type ColumnConfig,
  Table,
  useTable,
} from '@backstage/ui';
import type { MetricsRow } from '@fawkes/backstage-plugin-delivery-common';
import { useMemo } from 'react';
import { METRIC_COLOURS, METRICS, Sparkline } from '../charts';
import { FigureValue, Section, usePaths } from '../components/facts';
import { type DeliveryView, metricsByQueryOf } from '../components/filters';
import { metricFacts, useMetricWords } from '../components/metrics';
import { Dimmed, ErrorState, TableSkeleton } from '../components/states';
import { useMetricsBy } from '../hooks';
import { deliveryTranslationRef } from '../translation';
import styles from './entity.module.css';

type Row = MetricsRow & { id: string };

const VIRTUAL_FROM = 200;

/** The services of a system, domain or group, each with its five numbers. */
export function ServiceTable({
  view,
  now,
}: {
  view: DeliveryView;
  now: number;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const {
    data,
    error,
    isFetching,
    isPlaceholderData,
    refetch,
    hasNextPage,
    fetchNextPage,
    isFetchingNextPage,
  } = useMetricsBy(metricsByQueryOf({ ...view, group: 'service' }, now));
  return (
    <Section title={t('table.services')}>
      {!data && error ? (
        <ErrorState
          title={t('table.failed')}
          error={error}
          onRetry={refetch}
          isRetrying={isFetching}
        />
      ) : null}
      {!data && !error ? <TableSkeleton /> : null}
      {data ? (
        <Dimmed when={isPlaceholderData}>
          <Services rows={data.items} />
        </Dimmed>
      ) : null}
      {hasNextPage ? (
        <div className={styles.more}>
          <Button
            variant="secondary"
            isPending={isFetchingNextPage}
            onPress={() => fetchNextPage()}
          >
            {t('fact.loadMore')}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}

/** Unknown values come last, whichever way it is sorted. */
function compare(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a - b);
}

function Services({ rows }: { rows: readonly MetricsRow[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const words = useMetricWords();
  const paths = usePaths();
  const data = useMemo(
    () => rows.map(row => ({ ...row, id: row.entity.ref })),
    [rows],
  );
  const { tableProps } = useTable<Row>({
    mode: 'complete',
    data,
    paginationOptions: { type: 'none' },
    initialSort: { column: 'deploymentFrequency', direction: 'descending' },
    sortFn: (items, { column, direction }) => {
      const sign = direction === 'descending' ? -1 : 1;
      const metric = METRICS.find(each => each === column);
      return [...items].sort((a, b) =>
        metric
          ? compare(
              metricFacts(a.metrics, metric).value.value,
              metricFacts(b.metrics, metric).value.value,
              sign,
            )
          : sign * a.entity.title.localeCompare(b.entity.title),
      );
    },
  });
  const columns = useMemo(
    (): ColumnConfig<Row>[] => [
      {
        id: 'service',
        label: t('table.service'),
        isRowHeader: true,
        isSortable: true,
        cell: row => (
          <CellText
            title={row.entity.title}
            description={row.sample ? t('table.sample') : undefined}
          />
        ),
      },
      ...METRICS.map(
        (metric): ColumnConfig<Row> => ({
          id: metric,
          label: t(`metric.${metric}`),
          isSortable: true,
          cell: row => {
            const facts = metricFacts(row.metrics, metric);
            return (
              <Cell className={styles.number}>
                <FigureValue figure={facts.value}>
                  {value => words.value(facts.unit, value)}
                </FigureValue>
              </Cell>
            );
          },
        }),
      ),
      {
        id: 'spark',
        label: t('table.perWeek'),
        cell: row => (
          <Cell>
            <Sparkline
              values={row.spark}
              colour={METRIC_COLOURS.deploymentFrequency}
              label={row.spark.join(', ')}
            />
          </Cell>
        ),
      },
    ],
    [t, words],
  );
  return (
    <div className={styles.scroll}>
      <Table
        columnConfig={columns}
        {...tableProps}
        virtualized={
          rows.length > VIRTUAL_FROM ? { estimatedRowHeight: 56 } : undefined
        }
        emptyState={t('table.empty.service')}
        rowConfig={{
          getHref: row => paths.entity(row.entity.ref, '/delivery'),
        }}
      />
    </div>
  );
}
