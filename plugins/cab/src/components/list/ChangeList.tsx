import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, CellText, Table, type ColumnConfig } from '@backstage/ui';
import type { ChangeSummary } from '@fawkes/backstage-plugin-cab-common';
import { useEntityTitles } from '@fawkes/kit-ui/query';
import { Instant, layout, MaybeLink, TableOrList } from '@fawkes/kit-ui/values';
import { useMemo } from 'react';
import { cabTranslationRef } from '../../translation';
import { usePaths } from '../paths';
import {
  ChangeStateLabel,
  EnvironmentName,
  NextText,
  RiskLabel,
  SampleMark,
} from '../words';

/** What the columns need, CSS pixels. */
const WIDTHS = {
  title: 220,
  entity: 150,
  environment: 130,
  state: 160,
  risk: 140,
  created: 190,
};

/** What {@link ChangeList} takes. */
export interface ChangeListProps {
  changes: readonly ChangeSummary[];
  /** They are all of one entity, which is named elsewhere. */
  ofOne?: boolean;
  /** Newer rows are on their way. */
  isStale?: boolean;
}

/** Changes as a table, on narrow screens as a list; each leads to its page. */
export function ChangeList(props: ChangeListProps) {
  const columns = Object.entries(WIDTHS).filter(
    ([id]) => !props.ofOne || id !== 'entity',
  );
  return (
    <TableOrList
      tableFrom={columns.reduce((sum, [, width]) => sum + width, 0)}
      table={() => <Wide {...props} />}
      list={() => <Narrow {...props} />}
    />
  );
}

function Wide({ changes, ofOne, isStale }: ChangeListProps) {
  const { t } = useTranslationRef(cabTranslationRef);
  const paths = usePaths();
  const titleOf = useEntityTitles(changes.map(({ submitter }) => submitter));
  const rows = useMemo(() => [...changes], [changes]);
  const columns = useMemo(
    (): ColumnConfig<ChangeSummary>[] => [
      {
        id: 'title',
        label: t('list.column.title'),
        minWidth: WIDTHS.title,
        defaultWidth: '2fr',
        isRowHeader: true,
        cell: row => (
          <CellText
            title={row.title}
            description={[
              row.submitter.startsWith('user:')
                ? t('board.asked', { who: titleOf(row.submitter) })
                : t('board.nobodyAsked'),
              ...(row.sample ? [t('sample.label')] : []),
            ].join(' · ')}
          />
        ),
      },
      ...(ofOne
        ? []
        : [
            {
              id: 'entity',
              label: t('list.column.entity'),
              minWidth: WIDTHS.entity,
              cell: (row: ChangeSummary) => (
                <CellText title={row.entity.title ?? row.entity.ref} />
              ),
            },
          ]),
      {
        id: 'environment',
        label: t('list.column.environment'),
        minWidth: WIDTHS.environment,
        cell: row => (
          <Cell>
            <EnvironmentName {...row} />
          </Cell>
        ),
      },
      {
        id: 'state',
        label: t('list.column.state'),
        minWidth: WIDTHS.state,
        cell: row => (
          <Cell>
            <ChangeStateLabel state={row.state} />
          </Cell>
        ),
      },
      {
        id: 'risk',
        label: t('list.column.risk'),
        minWidth: WIDTHS.risk,
        cell: row => (
          <Cell>
            <RiskLabel score={row.score} route={row.route} />
          </Cell>
        ),
      },
      {
        id: 'created',
        label: t('list.column.created'),
        minWidth: WIDTHS.created,
        cell: row => (
          <Cell>
            <Instant at={row.createdAt} />
          </Cell>
        ),
      },
    ],
    [t, titleOf, ofOne],
  );
  return (
    <Table
      columnConfig={columns}
      data={rows}
      isStale={isStale}
      pagination={{ type: 'none' }}
      rowConfig={{ getHref: row => paths.change(row.id) }}
    />
  );
}

function Narrow({ changes, ofOne }: ChangeListProps) {
  const paths = usePaths();
  return (
    <ul className={layout.items}>
      {changes.map(each => (
        <li key={each.id} className={layout.item}>
          <span className={layout.spread}>
            <MaybeLink href={paths.change(each.id)}>{each.title}</MaybeLink>
            {each.sample ? <SampleMark /> : null}
          </span>
          <span className={layout.row}>
            <ChangeStateLabel state={each.state} />
            <RiskLabel score={each.score} route={each.route} />
          </span>
          <span className={layout.small}>
            <NextText next={each.next} />
          </span>
          <span className={layout.small}>
            {ofOne ? null : <>{each.entity.title ?? each.entity.ref} · </>}
            <EnvironmentName {...each} /> · <Instant at={each.createdAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
