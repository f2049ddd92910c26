import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Text } from '@backstage/ui';
import type { MetricsResponse } from '@fawkes/backstage-plugin-delivery-common';
import { useMemo } from 'react';
import {
  CardsSkeleton,
  Dimmed,
  ErrorState,
  SampleBadge,
  StaleNote,
  TableSkeleton,
} from '@fawkes/kit-ui/states';
import { useMinute } from '@fawkes/kit-ui/values';
import { RebuildNote, usePaths } from '../components/facts';
import {
  type DeliveryView,
  FilterBar,
  metricsQueryOf,
  useDeliveryView,
  windowOf,
  zoneOf,
} from '../components/filters';
import { MetricGroups, MttrLine } from '../components/metrics';
import { QueryProvider, useLiveDelivery, useMetrics } from '../hooks';
import { deliveryTranslationRef } from '../translation';
import { Deployments } from './Deployments';
import styles from './entity.module.css';
import { NothingTold } from './NothingTold';
import { River } from './River';
import { ServiceTable, type ServiceTableProps } from './ServiceTable';

/**
 * The Delivery tab of a Component, System, Domain or Group. Needs an entity
 * page around it.
 * @public
 */
export function EntityDelivery() {
  const { entity } = useEntity();
  return (
    <QueryProvider>
      <Content entity={entity} />
    </QueryProvider>
  );
}

function Content({ entity }: { entity: Entity }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const ref = stringifyEntityRef(entity);
  const { view: chosen, change } = useDeliveryView('entity');
  const view = useMemo(() => ({ ...chosen, scope: [ref] }), [chosen, ref]);
  const now = useMinute();
  const { data, error, isFetching, isPlaceholderData, refetch } = useMetrics(
    metricsQueryOf(view, now),
  );
  useLiveDelivery();

  return (
    <div className={styles.tab}>
      <FilterBar view={view} onChange={change} now={now} hideScope />
      {!data && error ? (
        <ErrorState
          title={t('state.error.title')}
          error={error}
          onRetry={refetch}
          isRetrying={isFetching}
        />
      ) : null}
      {!data && !error ? (
        <>
          <CardsSkeleton label={t('state.loading')} />
          <TableSkeleton label={t('state.loading')} />
        </>
      ) : null}
      {data?.rebuilding ? <RebuildNote /> : null}
      {data && data.scope.firstFactAt === null ? (
        <NothingTold
          entity={entity}
          why={data.metrics.deploymentFrequency.perDay}
        />
      ) : null}
      {data && data.scope.firstFactAt !== null ? (
        <>
          <Dimmed when={isPlaceholderData}>
            <Numbers answer={data} view={view} />
          </Dimmed>
          <Facts entity={entity} view={view} now={now} onChange={change} />
          <StaleNote
            asOf={data.asOf}
            tz={zoneOf(view)}
            isUpdating={isFetching}
            hasFailed={error !== null}
          />
        </>
      ) : null}
      <span className={styles.hidden} role="status">
        {isPlaceholderData ? t('state.updating') : ''}
      </span>
    </div>
  );
}

/** The five numbers, and the way to their charts. */
function Numbers({
  answer,
  view,
}: {
  answer: MetricsResponse;
  view: DeliveryView;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const paths = usePaths();
  const { sample, sandbox } = answer.scope;
  const dora = paths.dora(view);
  return (
    <div className={styles.numbers}>
      {sample ? (
        <div>
          <SampleBadge removeHref={paths.quality()} />
        </div>
      ) : null}
      {sandbox ? (
        <Text as="p" variant="body-small" color="secondary">
          {t('state.sandbox.text')}
        </Text>
      ) : null}
      <MetricGroups
        answer={answer}
        days={Math.round(answer.window.elapsedDays)}
        bands={view.bands}
        hrefOf={dora ? name => `${dora}#delivery-${name}` : undefined}
      />
      <MttrLine mttr={answer.metrics.mttr} />
      <div className={styles.links}>
        {dora ? (
          <ButtonLink size="small" variant="secondary" href={dora}>
            {t('fact.entity.charts')}
          </ButtonLink>
        ) : null}
        {paths.quality() ? (
          <ButtonLink
            size="small"
            variant="secondary"
            href={paths.quality([...view.scope])}
          >
            {t('fact.entity.quality')}
          </ButtonLink>
        ) : null}
      </div>
    </div>
  );
}

/** What the numbers are made of: the river, or the services; then the list. */
function Facts({
  entity,
  view,
  now,
  onChange,
}: ServiceTableProps & { entity: Entity }) {
  const isService = entity.kind.toLocaleLowerCase('en-US') === 'component';
  const { from, to } = windowOf(view, now);
  const question = { scope: [...view.scope], from, to, tz: zoneOf(view) };
  return (
    <>
      {isService ? (
        <River question={question} now={now} name={entity.metadata.name} />
      ) : (
        <ServiceTable view={view} now={now} onChange={onChange} />
      )}
      <Deployments question={question} showService={!isService} />
    </>
  );
}
