import { Text } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MetricsResponse,
  StageShare,
} from '@fawkes/backstage-plugin-delivery-common';
import { ChartFigure, type DataColumn } from '@fawkes/kit-ui/charts';
import { useFormat } from '@fawkes/kit-ui/values';
import { STAGE_COLOURS, StageBar } from '../../charts';
import { deliveryTranslationRef } from '../../translation';
import styles from './Dora.module.css';

/** Where the lead time goes, as means, which add up. */
export function StageSection({ answer }: { answer: MetricsResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const { stages, mean } = answer.metrics.leadTime;

  if (stages.length === 0 || mean.value === null) {
    return (
      <section className={styles.section} aria-label={t('stage.title')}>
        <Text as="h2" variant="title-x-small" weight="bold">
          {t('stage.title')}
        </Text>
        <Text as="p" variant="body-medium" color="secondary">
          {t('stage.none')}
        </Text>
      </section>
    );
  }
  const longest = stages.reduce((a, b) =>
    b.meanSeconds > a.meanSeconds ? b : a,
  );
  const columns: DataColumn<StageShare>[] = [
    {
      key: 'stage',
      header: t('stage.column'),
      csvHeader: 'stage',
      raw: row => row.stage,
      text: row => t(`stage.${row.stage}`),
    },
    {
      key: 'mean',
      header: t('stage.mean'),
      csvHeader: 'mean_seconds',
      numeric: true,
      raw: row => row.meanSeconds,
      text: row => format.duration(row.meanSeconds),
    },
    {
      key: 'share',
      header: t('stage.share'),
      csvHeader: 'share',
      numeric: true,
      raw: row => row.share,
      text: row => format.rate(row.share),
    },
  ];
  return (
    <ChartFigure
      id="delivery-stages"
      headingLevel="h2"
      title={t('stage.title')}
      summary={t('stage.summary', {
        mean: format.duration(mean.value),
        stage: t(`stage.${longest.stage}`),
        share: format.rate(longest.share),
      })}
      note={t('stage.note')}
      columns={columns}
      rows={stages}
      rowKey={row => row.stage}
      fileName="delivery-stages.csv"
    >
      <StageBar
        parts={stages.map(row => ({
          key: row.stage,
          label: t(`stage.${row.stage}`),
          text: format.duration(row.meanSeconds),
          share: row.share,
          colour: STAGE_COLOURS[row.stage],
        }))}
      />
    </ChartFigure>
  );
}
