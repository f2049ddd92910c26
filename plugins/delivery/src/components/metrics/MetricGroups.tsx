import { Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MetricsResponse } from '@fawkes/backstage-plugin-delivery-common';
import type { MetricName } from '../../charts';
import { deliveryTranslationRef } from '../../translation';
import type { DeliveryView } from '../filters';
import { MetricCard } from './MetricCard';
import styles from './metrics.module.css';

const GROUPS: readonly {
  name: 'throughput' | 'instability';
  metrics: readonly MetricName[];
}[] = [
  {
    name: 'throughput',
    metrics: ['deploymentFrequency', 'leadTime', 'recoveryTime'],
  },
  { name: 'instability', metrics: ['changeFailRate', 'reworkRate'] },
];

/** @public */
export interface MetricGroupsProps {
  answer: MetricsResponse;
  /** Length of the window in days. */
  days: number;
  bands: DeliveryView['bands'];
  /** Where each number is explained; its chart on the same page by default. */
  hrefOf?: (name: MetricName) => string;
}

/** The five metrics as DORA groups them. @public */
export function MetricGroups({
  answer,
  days,
  bands,
  hrefOf,
}: MetricGroupsProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <div className={styles.groups}>
      {GROUPS.map(({ name, metrics }) => (
        <section
          key={name}
          className={styles.group}
          data-size={metrics.length}
          aria-label={t(`metric.group.${name}`)}
        >
          <Text as="h2" variant="title-x-small" weight="bold">
            {t(`metric.group.${name}`)}
          </Text>
          <Text as="p" variant="body-small" color="secondary">
            {t(`metric.group.${name}.text`)}
          </Text>
          <div className={styles.cards}>
            {metrics.map(metric => (
              <MetricCard
                key={metric}
                name={metric}
                answer={answer}
                days={days}
                bands={bands}
                href={hrefOf?.(metric)}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
