import { Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MetricSet } from '@fawkes/backstage-plugin-delivery-common';
import { useFormat, useReason } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import styles from './metrics.module.css';

/** Mean time to restore over all incidents, under its own name. @public */
export function MttrLine({ mttr }: { mttr: MetricSet['mttr'] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const reasonOf = useReason();
  const format = useFormat();
  const { mean, median, count, open } = mttr;
  let text = reasonOf(mean);
  if (mean.value !== null && median.value !== null) {
    text = t('metric.mttr.text', {
      mean: format.duration(mean.value),
      median: format.duration(median.value),
      total: format.count(count),
      open: format.count(open),
    });
  }
  return (
    <Text as="p" variant="body-medium" className={styles.mttr}>
      <b>{t('metric.mttr')}:</b> {text}
    </Text>
  );
}
