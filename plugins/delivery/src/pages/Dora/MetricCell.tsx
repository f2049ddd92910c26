import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import type { MetricSet } from '@fawkes/backstage-plugin-delivery-common';
import { NumericCell, useReason } from '@fawkes/kit-ui/values';
import {
  RiArrowRightDownLine,
  RiArrowRightLine,
  RiArrowRightUpLine,
} from '@remixicon/react';
import type { MetricName } from '../../charts';
import type { DeliveryView } from '../../components/filters';
import {
  BandChip,
  metricFacts,
  useMetricWords,
  type MetricFacts,
} from '../../components/metrics';
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
  const reasonOf = useReason();
  const words = useMetricWords();
  const facts = metricFacts(metrics, name);
  const { value } = facts;
  if (value.value === null) {
    return (
      <NumericCell trend={null} chip={null}>
        <span className={styles.unknown} title={reasonOf(value)}>
          {t('state.notEnough')}
        </span>
      </NumericCell>
    );
  }
  const said = words.value(facts.unit, value.value);
  return (
    <NumericCell
      title={words.sentence(metrics, name)}
      trend={facts.isEnough ? <Trend facts={facts} days={days} /> : null}
      chip={
        facts.band ? <BandChip band={facts.band} table={bands} sign /> : null
      }
    >
      {approximate && facts.unit === 'duration' ? `≈ ${said}` : said}
    </NumericCell>
  );
}

function Trend({ facts, days }: { facts: MetricFacts; days: number }) {
  const { direction, tone, text } = useMetricWords().trend(facts, days);
  const Arrow = ARROWS[direction];
  return (
    <span className={styles.cellTrend} data-tone={tone} title={text}>
      <Arrow size={14} aria-hidden />
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  );
}
