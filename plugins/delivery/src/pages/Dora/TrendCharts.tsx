import { Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MetricBucket,
  MetricsResponse,
} from '@fawkes/backstage-plugin-delivery-common';
import type { MetricName } from '../../charts';
import { deliveryTranslationRef } from '../../translation';
import styles from './Dora.module.css';
import { TrendChart } from './TrendChart';

const ORDER: readonly MetricName[] = [
  'leadTime',
  'deploymentFrequency',
  'changeFailRate',
  'recoveryTime',
  'reworkRate',
];

/** The five metrics over time. */
export function TrendCharts(props: {
  answer: MetricsResponse;
  days: number;
  onSelect: (bucket: MetricBucket) => void;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <section className={styles.section} aria-label={t('chart.section')}>
      <Text as="h2" variant="title-x-small" weight="bold">
        {t('chart.section')}
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {t('chart.clickHint')}
      </Text>
      <div className={styles.charts}>
        {ORDER.map(metric => (
          <TrendChart key={metric} metric={metric} {...props} />
        ))}
      </div>
    </section>
  );
}
