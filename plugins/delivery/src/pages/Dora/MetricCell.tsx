import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MetricSet } from '@fawkes/backstage-plugin-delivery-common';
import {
  RiArrowRightDownLine,
  RiArrowRightLine,
  RiArrowRightUpLine,
} from '@remixicon/react';
import { VisuallyHidden } from '@backstage/ui';
import type { MetricName } from '../../charts';
import {
  BandChip,
  metricFacts,
  useMetricWords,
} from '../../components/metrics';
import type { DeliveryView } from '../../components/filters';
import { deliveryTranslationRef } from '../../translation';
import styles from './Dora.module.css';

const ARROWS = {
  up: RiArrowRightUpLine,
  down: RiArrowRightDownLine,
  flat: RiArrowRightLine,
};

/** A metric in a table: value, where it goes, band. */
export function MetricCell({
  metrics,
  name,
  bands,
  days,
  approximate,
}: {
  metrics: MetricSet;
  name: MetricName;
  bands: DeliveryView['bands'];
  days: number;
  approximate: boolean;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const words = useMetricWords();
  const facts = metricFacts(metrics, name);
  const { value } = facts;
  if (value.value === null) {
    return (
      <span
        className={styles.unknown}
        title={'reason' in value ? value.reason : undefined}
      >
        {t('state.notEnough')}
      </span>
    );
  }
  const trend = words.trend(facts, days);
  const Arrow = ARROWS[trend.direction];
  const said = words.value(facts.unit, value.value);
  return (
    <span className={styles.metricCell}>
      <span title={words.sentence(metrics, name)}>
        {approximate && facts.unit === 'duration' ? `≈ ${said}` : said}
      </span>
      <span
        className={styles.cellTrend}
        data-tone={trend.tone}
        title={trend.text}
      >
        <Arrow size={14} aria-hidden />
        <VisuallyHidden>{trend.text}</VisuallyHidden>
      </span>
      {facts.band ? <BandChip band={facts.band} table={bands} plain /> : null}
    </span>
  );
}
