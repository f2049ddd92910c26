import { useMemo } from 'react';
import { Button, Tab, TabList, TabPanel, Tabs, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Dimmed,
  EmptyState,
  ErrorState,
  TableSkeleton,
} from '@fawkes/kit-ui/states';
import { usePaths } from '../../components/facts/usePaths';
import { writeView, type DeliveryView } from '../../components/filters';
import { partialWeeks } from '../../components/metrics';
import type { useMetricsBy } from '../../hooks';
import { deliveryTranslationRef } from '../../translation';
import { BreakdownRows } from './BreakdownRows';
import styles from './Dora.module.css';
import { sortRows } from './sortRows';

const GROUPS = ['team', 'service'] as const;

interface BreakdownSectionProps {
  by: ReturnType<typeof useMetricsBy>;
  view: DeliveryView;
  /** Length of the window in days. */
  days: number;
  onChange: (
    patch: Partial<DeliveryView>,
    options?: { replace?: boolean },
  ) => void;
}

/** The scope, team by team or service by service. */
export function Breakdown({ by, view, days, onChange }: BreakdownSectionProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <section className={styles.section} aria-label={t('table.section')}>
      <Text as="h2" variant="title-x-small" weight="bold">
        {t('table.section')}
      </Text>
      <Tabs
        selectedKey={view.group}
        onSelectionChange={key => {
          const group = GROUPS.find(each => each === key);
          if (group && group !== view.group) {
            onChange({ group }, { replace: true });
          }
        }}
      >
        <TabList aria-label={t('table.section')}>
          <Tab id="team">{t('table.teams')}</Tab>
          <Tab id="service">{t('table.services')}</Tab>
        </TabList>
        {GROUPS.map(group => (
          <TabPanel key={group} id={group}>
            <Rows by={by} view={view} days={days} onChange={onChange} />
          </TabPanel>
        ))}
      </Tabs>
    </section>
  );
}

function Rows({ by, view, days, onChange }: BreakdownSectionProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  const { data, error, refetch, isFetching } = by;
  const rows = useMemo(
    () => sortRows(data?.items ?? [], view.sort),
    [data?.items, view.sort],
  );
  const partial = useMemo(
    () => (data ? partialWeeks(data, data.items[0]?.spark.length ?? 0) : []),
    [data],
  );
  if (!data) {
    return error ? (
      <ErrorState
        title={t('table.failed')}
        error={error}
        onRetry={refetch}
        isRetrying={isFetching}
      />
    ) : (
      <TableSkeleton label={t('state.loading')} />
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState
        title={t(`table.empty.${data.groupBy}`)}
        description={t('state.empty.text')}
      />
    );
  }
  // The entity's tab shows the same window, in the same zone.
  const search = writeView(new URLSearchParams(), { ...view, scope: [] });
  return (
    <Dimmed when={by.isPlaceholderData}>
      <BreakdownRows
        rows={rows}
        group={data.groupBy}
        sort={view.sort}
        bands={view.bands}
        days={days}
        approximate={data.approximate}
        partialWeeks={partial}
        hrefOf={row => {
          const path = paths.entity(row.entity.ref, '/delivery');
          return path && `${path}?${search}`;
        }}
        onSort={sort => onChange({ sort }, { replace: true })}
      />
      {by.hasNextPage ? (
        <div className={styles.more}>
          <Text as="p" variant="body-small" color="secondary">
            {t('table.loaded', { number: String(rows.length) })}
          </Text>
          <Button
            variant="secondary"
            isPending={by.isFetchingNextPage}
            onPress={() => by.fetchNextPage()}
          >
            {t('table.more')}
          </Button>
        </div>
      ) : null}
    </Dimmed>
  );
}
