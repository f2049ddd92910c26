import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ContainedChange } from '@fawkes/backstage-plugin-delivery-common';
import { useFormat } from '@fawkes/kit-ui/values';
import { STAGE_COLOURS } from '../../charts/metricColours';
import { deliveryTranslationRef } from '../../translation';
import styles from './timeline.module.css';

/** Seconds a change spent in one stage. */
export type StageTime = ContainedChange['stages'][number];

/** A short stage still gets this share of the bar; one of no time gets none. */
const MIN_SHARE = 0.012;

/**
 * Where the time of one change went: stages in proportion, each named with its
 * duration. The list says everything; the bar only shows it.
 */
export function ChangeStages({
  stages,
  label,
}: {
  stages: readonly StageTime[];
  label: string;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const total = stages.reduce((sum, { seconds }) => sum + seconds, 0);

  if (stages.length === 0) {
    return <p className={styles.none}>{t('fact.stages.none')}</p>;
  }
  return (
    <div className={styles.stages}>
      <div className={styles.bar} aria-hidden="true">
        {stages
          .filter(({ seconds }) => seconds > 0)
          .map(({ stage, seconds }) => (
            <span
              key={stage}
              className={styles.segment}
              style={{
                flexGrow: Math.max(seconds / total, MIN_SHARE),
                background: STAGE_COLOURS[stage],
              }}
            />
          ))}
      </div>
      <ol className={styles.legend} aria-label={label}>
        {stages.map(({ stage, seconds }) => (
          <li key={stage} title={format.exactDuration(seconds)}>
            <span
              aria-hidden="true"
              className={styles.swatch}
              style={{ background: STAGE_COLOURS[stage] }}
            />
            {t(`stage.${stage}`)}{' '}
            <span className={styles.value}>{format.duration(seconds)}</span>
            {total > 0 ? (
              <span className={styles.share}>
                {' '}
                {format.share(seconds / total)}
              </span>
            ) : null}
          </li>
        ))}
      </ol>
    </div>
  );
}
