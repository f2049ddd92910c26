import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Link, Text } from '@backstage/ui';
import type { MetricsResponse } from '@fawkes/backstage-plugin-delivery-common';
import { Loaded } from '@fawkes/kit-ui/query';
import { TableSkeleton } from '@fawkes/kit-ui/states';
import { FigureValue, useMinute } from '@fawkes/kit-ui/values';
import type { MetricName } from '../charts';
import { RebuildNote, usePaths } from '../components/facts';
import { DEFAULT_VIEW, metricsQueryOf } from '../components/filters';
import { metricFacts, TrendText, useMetricWords } from '../components/metrics';
import { QueryProvider, useLiveDelivery, useMetrics } from '../hooks';
import { deliveryTranslationRef } from '../translation';
import styles from './entity.module.css';

/** What the delivery card of an entity can be told. @public */
export interface EntityDeliveryCardProps {
  /** Length of the window in days; 30 when left out. */
  windowDays?: number;
}

const SHOWN: readonly MetricName[] = [
  'deploymentFrequency',
  'leadTime',
  'changeFailRate',
];

/**
 * How the entity delivers, at a glance: frequency, lead time and fail rate,
 * each with its trend. Needs an entity page around it.
 * @public
 */
export function EntityDeliveryCard(props: EntityDeliveryCardProps) {
  return (
    <QueryProvider>
      <CardContent {...props} />
    </QueryProvider>
  );
}

function CardContent({ windowDays = 30 }: EntityDeliveryCardProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { entity } = useEntity();
  const ref = stringifyEntityRef(entity);
  const now = useMinute();
  const paths = usePaths();
  const metrics = useMetrics(
    metricsQueryOf(
      { ...DEFAULT_VIEW, scope: [ref], window: { days: windowDays } },
      now,
    ),
  );
  useLiveDelivery();
  const tab = paths.entity(ref, '/delivery');

  return (
    <EntityInfoCard
      title={t('fact.card.title')}
      footerActions={
        tab ? (
          <ButtonLink size="small" variant="tertiary" href={tab}>
            {t('fact.card.more')}
          </ButtonLink>
        ) : undefined
      }
    >
      <Loaded
        query={metrics}
        skeleton={<TableSkeleton rows={3} label={t('state.loading')} />}
        errorTitle={t('state.error.title')}
        dims
      >
        {data =>
          data.scope.firstFactAt === null ? (
            <Text as="p" variant="body-medium" color="secondary">
              {t('fact.card.empty')}{' '}
              {tab ? <Link href={tab}>{t('fact.card.firstSteps')}</Link> : null}
            </Text>
          ) : (
            <>
              <Glance answer={data} days={windowDays} />
              {data.rebuilding ? <RebuildNote short /> : null}
            </>
          )
        }
      </Loaded>
    </EntityInfoCard>
  );
}

function Glance({ answer, days }: { answer: MetricsResponse; days: number }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const words = useMetricWords();
  return (
    <dl className={styles.glance}>
      {SHOWN.map(name => {
        const facts = metricFacts(answer.metrics, name);
        const isKnown = facts.value.value !== null;
        return (
          <div key={name} className={styles.glanceItem}>
            <dt>{t(`metric.${name}`)}</dt>
            <dd className={styles.glanceValue}>
              <FigureValue figure={facts.value} showReason>
                {value => words.value(facts.unit, value)}
              </FigureValue>
            </dd>
            {isKnown ? (
              <dd className={styles.glanceTrend}>
                <TrendText facts={facts} days={days} />
              </dd>
            ) : null}
          </div>
        );
      })}
    </dl>
  );
}
