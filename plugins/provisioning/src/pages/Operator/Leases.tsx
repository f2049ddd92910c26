import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CellText, Cell, Table, type ColumnConfig } from '@backstage/ui';
import type { OperatorResponse } from '@fawkes/backstage-plugin-provisioning-common';
import {
  Instant,
  layout,
  numericColumn,
  Section,
  TableOrList,
} from '@fawkes/kit-ui/values';
import { useMemo } from 'react';
import { provisioningTranslationRef } from '../../translation';

type Row = OperatorResponse['leases'][number] & { id: string };

/** What the columns need, CSS pixels. */
const WIDTHS = { name: 220, holder: 220, token: 80, until: 180 };
const TABLE_FROM = Object.values(WIDTHS).reduce((sum, width) => sum + width);

/** Which replica works on what, and until when it has to say so again. */
export function Leases({ leases }: { leases: OperatorResponse['leases'] }) {
  const { t } = useTranslationRef(provisioningTranslationRef);
  const rows = useMemo(
    () => leases.map(each => ({ ...each, id: each.name })),
    [leases],
  );
  const columns = useMemo(
    (): ColumnConfig<Row>[] => [
      {
        id: 'name',
        label: t('operator.lease.name'),
        minWidth: WIDTHS.name,
        isRowHeader: true,
        cell: row => <CellText title={row.name} />,
      },
      {
        id: 'holder',
        label: t('operator.lease.holder'),
        minWidth: WIDTHS.holder,
        cell: row => <CellText title={row.holder} />,
      },
      numericColumn<Row>({
        id: 'token',
        label: t('operator.lease.token'),
        minWidth: WIDTHS.token,
        cell: row => String(row.token),
      }),
      {
        id: 'until',
        label: t('operator.lease.until'),
        minWidth: WIDTHS.until,
        cell: row => (
          <Cell>
            <Instant at={row.until} />
          </Cell>
        ),
      },
    ],
    [t],
  );
  return (
    <Section
      title={t('operator.leases')}
      description={t('operator.leasesText')}
    >
      {rows.length === 0 ? (
        <p>{t('operator.noLeases')}</p>
      ) : (
        <TableOrList
          tableFrom={TABLE_FROM}
          table={() => (
            <Table
              columnConfig={columns}
              data={rows}
              pagination={{ type: 'none' }}
            />
          )}
          list={() => (
            <ul className={layout.items}>
              {rows.map(({ id, name, holder, token, until }) => (
                <li key={id} className={layout.item}>
                  <strong>{name}</strong>
                  <span className={layout.small}>
                    {holder} · {t('operator.lease.token')} {token} ·{' '}
                    {t('operator.lease.until')} <Instant at={until} />
                  </span>
                </li>
              ))}
            </ul>
          )}
        />
      )}
    </Section>
  );
}
