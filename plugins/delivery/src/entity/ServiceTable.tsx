import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MetricsByResponse } from '@fawkes/backstage-plugin-delivery-common';
import { useMemo } from 'react';
import { Loaded, MorePages } from '@fawkes/kit-ui/query';
import { EmptyState, TableSkeleton } from '@fawkes/kit-ui/states';
import { Section } from '@fawkes/kit-ui/values';
import { usePaths } from '../components/facts';
import {
  type DeliveryView,
  metricsByQueryOf,
  windowOf,
  writeView,
} from '../components/filters';
import { partialWeeks } from '../components/metrics';
import { useMetricsBy } from '../hooks';
import { BreakdownRows } from '../pages/Dora/BreakdownRows';
import { sortRows } from '../pages/Dora/sortRows';
import { deliveryTranslationRef } from '../translation';

/** @public */
export interface ServiceTableProps {
  view: DeliveryView;
  /** ms since the epoch. */
  now: number;
  onChange: (
    patch: Partial<DeliveryView>,
    options?: { replace?: boolean },
  ) => void;
}

/** The services of a system, domain or group, each with its five numbers. */
export function ServiceTable({ view, now, onChange }: ServiceTableProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const services = useMetricsBy(
    metricsByQueryOf({ ...view, group: 'service' }, now),
  );
  return (
    <Section title={t('table.services')}>
      <Loaded
        query={services}
        skeleton={<TableSkeleton label={t('state.loading')} />}
        errorTitle={t('table.failed')}
        dims
      >
        {answer => (
          <Services answer={answer} view={view} now={now} onChange={onChange} />
        )}
      </Loaded>
      <MorePages query={services} label={t('fact.loadMore')} />
    </Section>
  );
}

function Services({
  answer,
  view,
  now,
  onChange,
}: ServiceTableProps & { answer: MetricsByResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  const rows = useMemo(
    () => sortRows(answer.items, view.sort),
    [answer.items, view.sort],
  );
  const partial = useMemo(
    () => partialWeeks(answer, answer.items[0]?.spark.length ?? 0),
    [answer],
  );
  if (rows.length === 0) {
    return (
      <EmptyState
        headingLevel="h4"
        title={t('table.empty.service')}
        description={t('state.empty.text')}
      />
    );
  }
  // A service's own tab shows the same window, in the same zone.
  const search = writeView(new URLSearchParams(), { ...view, scope: [] });
  return (
    <BreakdownRows
      rows={rows}
      group="service"
      sort={view.sort}
      bands={view.bands}
      days={Math.round(windowOf(view, now).days)}
      approximate={answer.approximate}
      partialWeeks={partial}
      hrefOf={row => {
        const path = paths.entity(row.entity.ref, '/delivery');
        return path && `${path}?${search}`;
      }}
      onSort={sort => onChange({ sort }, { replace: true })}
    />
  );
}
