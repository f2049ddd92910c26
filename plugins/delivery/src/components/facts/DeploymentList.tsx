import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, type ColumnConfig, Table } from '@backstage/ui';
import type { DeploymentSummary } from '@fawkes/backstage-plugin-delivery-common';
import { type ReactNode, useMemo } from 'react';
import {
  Duration,
  FigureValue,
  Instant,
  MaybeLink,
  useFormat,
  numericColumn,
  TableOrList,
} from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import { FactBadges, type ShownDeployment } from './FactBadges';
import styles from './facts.module.css';
import { instantOf, nameOf } from './outcome';
import { OutcomeLabel } from './OutcomeLabel';
import { usePaths } from './usePaths';

/** @public */
export interface DeploymentListProps {
  deployments: readonly ShownDeployment[];
  /** IANA zone of the dates; the browser's when left out. */
  tz?: string;
  /** Names the service of each; for lists over several. */
  showService?: boolean;
  /** Newer rows are on their way. */
  isStale?: boolean;
  emptyState?: ReactNode;
}

/** What the columns need, CSS pixels. The longest date stays on one line. */
const WIDTHS = {
  name: 120,
  outcome: 200,
  when: 200,
  environment: 110,
  number: 105,
};
const TABLE_FROM =
  WIDTHS.name +
  WIDTHS.outcome +
  WIDTHS.when +
  WIDTHS.environment +
  3 * WIDTHS.number;

type Row = ShownDeployment & { rowId: string };

/** Deployments as a table, on narrow screens as a list; each leads to its page. */
export function DeploymentList(props: DeploymentListProps) {
  if (props.deployments.length === 0) return <>{props.emptyState}</>;
  return (
    <TableOrList
      tableFrom={TABLE_FROM}
      table={() => <Wide {...props} />}
      list={() => <Narrow {...props} />}
    />
  );
}

function Wide({
  deployments,
  tz,
  showService = false,
  isStale,
}: DeploymentListProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat(tz);
  const paths = usePaths();
  const rows = useMemo(
    () => deployments.map(each => ({ ...each, rowId: each.id, id: each.key })),
    [deployments],
  );
  const columns = useMemo(
    (): ColumnConfig<Row>[] => [
      {
        id: 'name',
        label: t('fact.column.name'),
        minWidth: WIDTHS.name,
        isRowHeader: true,
        cell: row => (
          <CellText
            title={row.version ?? row.rowId}
            description={showService ? row.serviceTitle : undefined}
          />
        ),
      },
      {
        id: 'outcome',
        label: t('fact.column.outcome'),
        defaultWidth: '2fr',
        minWidth: WIDTHS.outcome,
        cell: row => (
          <Cell>
            <OutcomeLabel deployment={row} />{' '}
            <FactBadges deployment={row} hideOrigin />
          </Cell>
        ),
      },
      {
        id: 'when',
        label: t('fact.column.when'),
        minWidth: WIDTHS.when,
        cell: row => {
          const at = instantOf(row);
          return (
            <Cell>{at ? <Instant at={at} tz={tz} /> : t('fact.unknown')}</Cell>
          );
        },
      },
      {
        id: 'environment',
        minWidth: WIDTHS.environment,
        label: t('fact.column.environment'),
        cell: row => <CellText title={row.environment} />,
      },
      numericColumn<Row>({
        id: 'changes',
        label: t('fact.column.changes'),
        minWidth: WIDTHS.number,
        cell: row => format.count(row.changes),
      }),
      numericColumn<Row>({
        id: 'lead',
        label: t('fact.column.lead'),
        minWidth: WIDTHS.number,
        cell: row => (
          <FigureValue figure={row.leadTime}>
            {seconds => <Duration seconds={seconds} />}
          </FigureValue>
        ),
      }),
      numericColumn<Row>({
        id: 'recovery',
        label: t('fact.column.recovery'),
        minWidth: WIDTHS.number,
        cell: row => <Recovery deployment={row} />,
      }),
    ],
    [format, showService, t, tz],
  );
  return (
    <Table
      columnConfig={columns}
      data={rows}
      isStale={isStale}
      pagination={{ type: 'none' }}
      rowConfig={{ getHref: row => paths.deployment(row.key) }}
    />
  );
}

function Narrow({ deployments, tz, showService }: DeploymentListProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  return (
    <ul className={styles.list}>
      {deployments.map(each => {
        const at = instantOf(each);
        return (
          <li key={each.key} className={styles.listItem}>
            <MaybeLink href={paths.deployment(each.key)}>
              {nameOf(each)}
            </MaybeLink>
            <span>
              <OutcomeLabel deployment={each} />{' '}
              <FactBadges deployment={each} hideOrigin />
            </span>
            <span className={styles.listRow}>
              {at ? <Instant at={at} tz={tz} /> : null}
              <span>{each.environment}</span>
              {showService ? <span>{each.serviceTitle}</span> : null}
              <span>{t('fact.changes', { count: each.changes })}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** How long a failed one was broken; nothing for the others. */
function Recovery({ deployment }: { deployment: DeploymentSummary }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  if (!deployment.failed) return <span aria-hidden="true">–</span>;
  return deployment.recoverySeconds === null ? (
    <>{t('fact.river.open')}</>
  ) : (
    <Duration seconds={deployment.recoverySeconds} />
  );
}
