import { useMemo } from 'react';
import { Badge, Cell, Table, type ColumnConfig } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MetricsRow } from '@fawkes/backstage-plugin-delivery-common';
import { Sparkline } from '@fawkes/kit-ui/charts';
import { numericColumn } from '@fawkes/kit-ui/values';
import { METRIC_COLOURS, METRICS } from '../../charts';
import type { DeliveryView } from '../../components/filters';
import { deliveryTranslationRef } from '../../translation';
import styles from './Dora.module.css';
import { MetricCell } from './MetricCell';
import { parseSort } from './sortRows';

/** From this many rows on only those in sight are drawn. */
const VIRTUAL_FROM = 200;
const ROW_HEIGHT = 56;

export interface BreakdownProps {
  /** In the order they are shown. */
  rows: MetricsRow[];
  group: DeliveryView['group'];
  sort: string;
  bands: DeliveryView['bands'];
  /** Length of the window in days. */
  days: number;
  approximate: boolean;
  /** Which weeks of the rows' sparks are cut short. */
  partialWeeks: readonly boolean[];
  hrefOf: (row: MetricsRow) => string | undefined;
  onSort: (sort: string) => void;
}

type Item = MetricsRow & { id: string };

/** What the columns need, CSS pixels. */
const WIDTHS = { name: 170, spark: 125, metric: 132 };

/** The width this table needs. */
export const TABLE_FROM =
  WIDTHS.name + WIDTHS.spark + METRICS.length * WIDTHS.metric;

/** Teams or services with their metrics; the row leads to the entity. */
export function BreakdownTable({
  rows,
  group,
  sort,
  bands,
  days,
  approximate,
  partialWeeks,
  hrefOf,
  onSort,
}: BreakdownProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const data = useMemo<Item[]>(
    () => rows.map(row => ({ ...row, id: row.entity.ref })),
    [rows],
  );
  const columns = useMemo<ColumnConfig<Item>[]>(() => {
    const name: ColumnConfig<Item> = {
      id: 'name',
      label: t(`table.${group}`),
      minWidth: WIDTHS.name,
      isRowHeader: true,
      isSortable: true,
      cell: row => (
        <Cell>
          <span className={styles.name}>
            {row.entity.title}
            {row.sample ? (
              <Badge size="small">{t('table.sample')}</Badge>
            ) : null}
          </span>
        </Cell>
      ),
    };
    const spark: ColumnConfig<Item> = {
      id: 'spark',
      minWidth: WIDTHS.spark,
      label: t('table.perWeek'),
      cell: row => (
        <Cell>
          <Sparkline
            values={row.spark}
            partial={partialWeeks}
            colour={METRIC_COLOURS.deploymentFrequency}
            label={`${t('table.perWeek')}: ${row.spark.join(', ')}`}
            width={96}
            height={24}
          />
        </Cell>
      ),
    };
    const metrics = METRICS.map(metric =>
      numericColumn<Item>({
        id: metric,
        label: t(`metric.${metric}`),
        minWidth: WIDTHS.metric,
        isSortable: true,
        cell: row => (
          <MetricCell
            metrics={row.metrics}
            name={metric}
            bands={bands}
            days={days}
            approximate={approximate}
          />
        ),
      }),
    );
    return [name, spark, ...metrics];
  }, [t, group, bands, days, approximate, partialWeeks]);

  return (
    <Table
      className={styles.table}
      columnConfig={columns}
      data={data}
      pagination={{ type: 'none' }}
      sort={{
        descriptor: parseSort(sort),
        onSortChange: ({ column, direction }) =>
          onSort(`${direction === 'descending' ? '-' : ''}${column}`),
      }}
      rowConfig={{ getHref: hrefOf }}
      virtualized={
        rows.length > VIRTUAL_FROM
          ? { estimatedRowHeight: ROW_HEIGHT }
          : undefined
      }
      style={rows.length > VIRTUAL_FROM ? { height: '70vh' } : undefined}
    />
  );
}
