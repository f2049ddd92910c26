import { Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MetricsResponse } from '@fawkes/backstage-plugin-delivery-common';
import { Sparkline } from '@fawkes/kit-ui/charts';
import { useFormat, useReason } from '@fawkes/kit-ui/values';
import { METRIC_COLOURS, type MetricName } from '../../charts';
import { deliveryTranslationRef } from '../../translation';
import type { DeliveryView } from '../filters';
import { BandChip } from './BandChip';
import { metricFacts, metricSeries } from './metricFacts';
import { NotEnough } from './NotEnough';
import { TrendText } from './TrendText';
import { useMetricWords } from './useMetricWords';
import styles from './metrics.module.css';

/** Element id of the chart that explains a metric. @public */
export const chartId = (name: MetricName) => `delivery-${name}`;

/** @public */
export interface MetricCardProps {
  name: MetricName;
  answer: MetricsResponse;
  /** Length of the window in days. */
  days: number;
  bands: DeliveryView['bands'];
  /** Where the number is explained; `#` and the chart's id by default. */
  href?: string;
  headingLevel?: 'h3' | 'h4';
}

/** One metric: value, trend, band, shape, sample. @public */
export function MetricCard({
  name,
  answer,
  days,
  bands,
  href = `#${chartId(name)}`,
  headingLevel = 'h3',
}: MetricCardProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const reasonOf = useReason();
  const words = useMetricWords();
  const format = useFormat();
  const facts = metricFacts(answer.metrics, name);
  const label = t(`metric.${name}`);
  const { value } = facts;

  if (value.value === null) {
    return (
      <article className={styles.card} aria-label={label}>
        <div className={styles.cardHead}>
          <Text as={headingLevel} variant="body-medium" color="secondary">
            {label}
          </Text>
        </div>
        <NotEnough
          reason={reasonOf(value)}
          scope={answer.scope.entities.map(({ ref }) => ref)}
        />
      </article>
    );
  }
  // Rates and counts stay exact; only quantiles come from sketches.
  const approximate = answer.approximate && facts.unit === 'duration';
  const said = words.value(facts.unit, value.value);
  const exact =
    facts.unit === 'duration' ? format.exactDuration(value.value) : said;
  return (
    <article className={styles.card} aria-label={label}>
      <div className={styles.cardHead}>
        <Text as={headingLevel} variant="body-medium" color="secondary">
          {label}
        </Text>
        {facts.band ? <BandChip band={facts.band} table={bands} /> : null}
      </div>
      <a
        className={styles.value}
        href={href}
        title={approximate ? `≈ ${exact}. ${t('state.approximate')}` : exact}
        aria-label={t('metric.showChart', {
          metric: label,
          value: approximate
            ? t('metric.approximately', { value: said })
            : said,
        })}
      >
        {approximate ? '≈ ' : ''}
        {said}
      </a>
      {facts.isEnough ? <TrendText facts={facts} days={days} /> : null}
      <Sparkline
        values={metricSeries(answer.series, name)}
        partial={answer.series.map(({ partial }) => partial)}
        colour={METRIC_COLOURS[name]}
        label={t('metric.sparkline', { metric: label })}
        width={200}
        height={32}
      />
      <Text as="p" variant="body-small" color="secondary">
        {words.sentence(answer.metrics, name)}
      </Text>
    </article>
  );
}
