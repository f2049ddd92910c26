import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Cell,
  type ColumnConfig,
  SearchField,
  Table,
  useTable,
} from '@backstage/ui';
import type { QualityRow } from '@fawkes/backstage-plugin-delivery-common';
import { useMemo } from 'react';
import { EmptyState } from '@fawkes/kit-ui/states';
import {
  MaybeLink,
  Section,
  numericColumn,
  TableOrList,
} from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/facts';
import { deliveryTranslationRef } from '../../translation';
import { MATRIX_FACTS, MatrixCell } from './MatrixCell';
import { MatrixList } from './MatrixList';
import styles from './Quality.module.css';

type Row = QualityRow & { id: string };

/** What the columns need, CSS pixels. */
const WIDTHS = { service: 150, fact: 175, missing: 90 };
const TABLE_FROM =
  WIDTHS.service + MATRIX_FACTS.length * WIDTHS.fact + WIDTHS.missing;

/** More rows than this are drawn only where they can be seen. */
const VIRTUAL_FROM = 200;

/** Services against facts; each cell says what to do. */
export function Matrix({ services }: { services: readonly QualityRow[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  const data = useMemo(
    () => services.map(each => ({ ...each, id: each.service })),
    [services],
  );
  const { tableProps, search } = useTable<Row>({
    mode: 'complete',
    data,
    paginationOptions: { type: 'none' },
    initialSort: { column: 'missing', direction: 'descending' },
    sortFn: (rows, { column, direction }) => {
      const sign = direction === 'descending' ? -1 : 1;
      const by =
        column === 'service'
          ? (a: Row, b: Row) => a.title.localeCompare(b.title)
          : (a: Row, b: Row) => lacking(a) - lacking(b);
      return [...rows].sort(
        (a, b) => sign * by(a, b) || a.title.localeCompare(b.title),
      );
    },
    searchFn: (rows, text) =>
      rows.filter(row =>
        `${row.title} ${row.service}`
          .toLocaleLowerCase()
          .includes(text.toLocaleLowerCase()),
      ),
  });
  const columns = useMemo(
    (): ColumnConfig<Row>[] => [
      {
        id: 'service',
        minWidth: WIDTHS.service,
        label: t('fact.column.service'),
        isRowHeader: true,
        isSortable: true,
        cell: row => (
          <Cell textValue={row.title}>
            <MaybeLink href={paths.entity(row.service, '/delivery')}>
              {row.title}
            </MaybeLink>
            {row.sample ? ` (${t('fact.badge.sample')})` : ''}
          </Cell>
        ),
      },
      ...MATRIX_FACTS.map(
        (fact): ColumnConfig<Row> => ({
          id: fact,
          minWidth: WIDTHS.fact,
          label: t(`fact.matrix.${fact}`),
          cell: row => (
            <Cell>
              <MatrixCell cell={row.cells.find(each => each.fact === fact)} />
            </Cell>
          ),
        }),
      ),
      numericColumn<Row>({
        id: 'missing',
        label: t('fact.matrix.lacking'),
        minWidth: WIDTHS.missing,
        isSortable: true,
        cell: row => String(lacking(row)),
      }),
    ],
    [paths, t],
  );

  return (
    <Section
      title={t('fact.matrix.title')}
      description={t('fact.matrix.description')}
    >
      {services.length === 0 ? (
        <EmptyState
          headingLevel="h4"
          title={t('fact.matrix.empty')}
          description={t('fact.matrix.emptyText')}
        />
      ) : (
        <>
          <SearchField
            aria-label={t('fact.matrix.search')}
            placeholder={t('fact.matrix.search')}
            className={styles.search}
            {...search}
          />
          <TableOrList
            tableFrom={TABLE_FROM}
            table={() => (
              <Table
                columnConfig={columns}
                {...tableProps}
                virtualized={
                  services.length > VIRTUAL_FROM
                    ? { estimatedRowHeight: 72 }
                    : undefined
                }
                emptyState={t('fact.matrix.noMatch')}
              />
            )}
            list={() => <MatrixList rows={tableProps.data ?? []} />}
          />
        </>
      )}
    </Section>
  );
}

/** How many of its facts are stale or missing. */
function lacking(row: QualityRow): number {
  return row.cells.filter(cell => cell.state !== 'present').length;
}
