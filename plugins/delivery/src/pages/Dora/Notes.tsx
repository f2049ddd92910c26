import { Badge, Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MetricsResponse } from '@fawkes/backstage-plugin-delivery-common';
import { SampleBadge, StaleNote } from '@fawkes/kit-ui/states';
import { useFormat } from '@fawkes/kit-ui/values';
import { RebuildNote, usePaths } from '../../components/facts';
import { deliveryTranslationRef } from '../../translation';
import styles from './Dora.module.css';

/** How new, how sure and how real the numbers are. */
export function Notes({
  answer,
  isUpdating,
  hasFailed,
}: {
  answer: MetricsResponse;
  isUpdating: boolean;
  hasFailed: boolean;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { scope, window } = answer;
  const format = useFormat(window.tz);
  // The data quality page is the one place that removes the sample.
  const removeHref = usePaths().quality();
  const isYoung =
    scope.firstFactAt !== null &&
    Date.parse(scope.firstFactAt) > Date.parse(window.from);
  return (
    <div className={styles.notes}>
      <StaleNote
        asOf={answer.asOf}
        tz={window.tz}
        isUpdating={isUpdating}
        hasFailed={hasFailed}
      />
      {scope.sample ? <SampleBadge removeHref={removeHref} /> : null}
      {scope.sandbox ? (
        <Badge title={t('state.sandbox.text')}>
          {t('state.sandbox.badge')}
        </Badge>
      ) : null}
      {answer.rebuilding ? <RebuildNote /> : null}
      {answer.approximate ? (
        <Text as="p" variant="body-small" color="secondary">
          {t('state.approximate')}
        </Text>
      ) : null}
      {isYoung && scope.firstFactAt ? (
        <Text as="p" variant="body-small" color="secondary">
          {t('state.young', { date: format.day(scope.firstFactAt) })}
        </Text>
      ) : null}
    </div>
  );
}
