import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge, Cell, CellText, Table, type ColumnConfig } from '@backstage/ui';
import type { RequestSummary } from '@fawkes/backstage-plugin-provisioning-common';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { Instant, layout, MaybeLink, TableOrList } from '@fawkes/kit-ui/values';
import { useMemo } from 'react';
import { usePaths } from '../../components/paths';
import { RequestStateLabel, ServiceStateLabel } from '../../components/words';
import { provisioningTranslationRef } from '../../translation';

/** What the columns need, CSS pixels. */
const WIDTHS = {
  name: 180,
  state: 170,
  service: 130,
  owner: 140,
  template: 140,
  updated: 215,
};
const TABLE_FROM = Object.values(WIDTHS).reduce((sum, width) => sum + width);

/** What {@link RequestList} takes. */
export interface RequestListProps {
  requests: readonly RequestSummary[];
  /** Newer rows are on their way. */
  isStale?: boolean;
}

/** Requests as a table, on narrow screens as a list; each leads to its page. */
export function RequestList(props: RequestListProps) {
  return (
    <TableOrList
      tableFrom={TABLE_FROM}
      table={() => <Wide {...props} />}
      list={() => <Narrow {...props} />}
    />
  );
}

function Wide({ requests, isStale }: RequestListProps) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const titleOf = useEntityTitles(requests.map(({ owner }) => owner));
  const rows = useMemo(() => [...requests], [requests]);
  const columns = useMemo(
    (): ColumnConfig<RequestSummary>[] => [
      {
        id: 'name',
        label: t('list.column.name'),
        minWidth: WIDTHS.name,
        defaultWidth: '1.5fr',
        isRowHeader: true,
        cell: row => (
          <CellText
            title={row.title}
            description={
              [
                row.name === row.title ? '' : row.name,
                row.practice ? t('list.practice') : '',
              ]
                .filter(Boolean)
                .join(' · ') || undefined
            }
          />
        ),
      },
      {
        id: 'state',
        label: t('list.column.state'),
        minWidth: WIDTHS.state,
        cell: row => (
          <Cell>
            <RequestStateLabel state={row.state} />
          </Cell>
        ),
      },
      {
        id: 'service',
        label: t('list.column.service'),
        minWidth: WIDTHS.service,
        cell: row => (
          <Cell>
            <ServiceStateLabel service={row.service} />
          </Cell>
        ),
      },
      {
        id: 'owner',
        label: t('list.column.owner'),
        minWidth: WIDTHS.owner,
        cell: row => <CellText title={titleOf(row.owner)} />,
      },
      {
        id: 'template',
        label: t('list.column.template'),
        minWidth: WIDTHS.template,
        cell: row => (
          <CellText title={`${row.template.name} ${row.template.version}`} />
        ),
      },
      {
        id: 'updated',
        label: t('list.column.updated'),
        minWidth: WIDTHS.updated,
        cell: row => (
          <Cell>
            <Instant at={row.updatedAt} />
          </Cell>
        ),
      },
    ],
    [t, titleOf],
  );
  return (
    <Table
      columnConfig={columns}
      data={rows}
      isStale={isStale}
      pagination={{ type: 'none' }}
      rowConfig={{ getHref: row => paths.request(row.id) }}
    />
  );
}

function Narrow({ requests }: RequestListProps) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const paths = usePaths();
  const titleOf = useEntityTitles(requests.map(({ owner }) => owner));
  return (
    <ul className={layout.items}>
      {requests.map(each => (
        <li key={each.id} className={layout.item}>
          <span className={layout.spread}>
            <MaybeLink href={paths.request(each.id)}>{each.title}</MaybeLink>
            {each.practice ? (
              <Badge size="small">{t('list.practice')}</Badge>
            ) : null}
          </span>
          <span className={layout.row}>
            <RequestStateLabel state={each.state} />
            <ServiceStateLabel service={each.service} />
          </span>
          <span className={layout.small}>
            {titleOf(each.owner)} · {each.template.name} ·{' '}
            <Instant at={each.updatedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
