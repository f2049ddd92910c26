import { ButtonLink, Link, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MetricsRow } from '@fawkes/backstage-plugin-delivery-common';
import { Sparkline } from '@fawkes/kit-ui/charts';
import { Loaded } from '@fawkes/kit-ui/query';
import { EmptyState, SampleBadge, TableSkeleton } from '@fawkes/kit-ui/states';
import { useMinute, useReason } from '@fawkes/kit-ui/values';
import { METRIC_COLOURS } from '../charts';
import { RebuildNote, usePaths } from '../components/facts';
import {
  DEFAULT_VIEW,
  metricsByQueryOf,
  type DeliveryView,
} from '../components/filters';
import {
  metricFacts,
  partialWeeks,
  useMetricWords,
} from '../components/metrics';
import { QueryProvider, useLiveDelivery, useMetricsBy } from '../hooks';
import { deliveryTranslationRef } from '../translation';
import styles from './home.module.css';
import { useMyServices } from './useMyServices';

const SHOWN = 8;
const WINDOW_DAYS = 30;

const shipped = ({ metrics }: MetricsRow) =>
  metrics.deploymentFrequency.deployments;

/** What the card of {@link MyServices} is called. @public */
export function MyServicesTitle() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return <>{t('home.title')}</>;
}

/** The services a person owns: how often they ship, and how fast. @public */
export function MyServices() {
  return (
    <QueryProvider>
      <Owned />
    </QueryProvider>
  );
}

function Owned() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Loaded
      query={useMyServices()}
      skeleton={<TableSkeleton rows={4} label={t('state.loading')} />}
      errorTitle={t('state.error.title')}
    >
      {({ refs }) =>
        refs.length > 0 ? <Services refs={refs} /> : <NoServices />
      }
    </Loaded>
  );
}

function NoServices() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <EmptyState
      title={t('home.empty')}
      description={null}
      actions={
        <ButtonLink size="small" variant="secondary" href="/catalog">
          {t('home.register')}
        </ButtonLink>
      }
    />
  );
}

function Services({ refs }: { refs: string[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const view: DeliveryView = {
    ...DEFAULT_VIEW,
    group: 'service',
    scope: refs,
    window: { days: WINDOW_DAYS },
  };
  const metrics = useMetricsBy(metricsByQueryOf(view, useMinute()));
  const paths = usePaths();
  const dora = paths.dora(view);
  useLiveDelivery();
  return (
    <Loaded
      query={metrics}
      skeleton={<TableSkeleton rows={4} label={t('state.loading')} />}
      errorTitle={t('state.error.title')}
    >
      {data => (
        <div className={styles.widget}>
          <div className={styles.head}>
            <Text as="span" variant="body-small" color="secondary">
              {t('home.deployments')}
            </Text>
            <Text as="span" variant="body-small" color="secondary">
              {t('home.leadTime')}
            </Text>
          </div>
          <ul className={styles.services}>
            {[...data.items]
              .sort((a, b) => shipped(b) - shipped(a))
              .slice(0, SHOWN)
              .map(row => (
                <Service
                  key={row.entity.ref}
                  row={row}
                  partial={partialWeeks(data, row.spark.length)}
                />
              ))}
          </ul>
          {data.rebuilding ? <RebuildNote short /> : null}
          <div className={styles.foot}>
            {dora ? (
              <Link href={dora}>{t('home.all', { count: refs.length })}</Link>
            ) : null}
            {data.items.some(({ sample }) => sample) ? (
              <SampleBadge removeHref={paths.quality()} />
            ) : null}
          </div>
        </div>
      )}
    </Loaded>
  );
}

function Service({
  row,
  partial,
}: {
  row: MetricsRow;
  /** Which weeks are cut short. */
  partial: readonly boolean[];
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const reasonOf = useReason();
  const words = useMetricWords();
  const href = usePaths().entity(row.entity.ref, '/delivery');
  const { value } = metricFacts(row.metrics, 'leadTime');
  return (
    <li className={styles.service}>
      {href ? (
        <Link href={href}>{row.entity.title}</Link>
      ) : (
        <span>{row.entity.title}</span>
      )}
      <Sparkline
        values={row.spark}
        partial={partial}
        colour={METRIC_COLOURS.deploymentFrequency}
        label={`${t('home.deployments')}: ${row.spark.join(', ')}`}
        width={72}
        height={20}
      />
      <span className={styles.lead}>
        {value.value === null ? (
          <span title={reasonOf(value)}>{t('state.notEnough')}</span>
        ) : (
          <span title={t('home.leadTime')}>
            {words.value('duration', value.value)}
          </span>
        )}
      </span>
    </li>
  );
}
