import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { QualityResponse } from '@fawkes/backstage-plugin-delivery-common';
import {
  CopyBlock,
  Instant,
  layout,
  Section,
  useFormat,
  useSaid,
} from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import styles from './Quality.module.css';

/** Facts no catalog entity claims, each with the annotation that would. */
export function Unmapped({ quality }: { quality: QualityResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const speak = useSaid();
  const format = useFormat();
  const { unmapped, cut } = quality;
  return (
    <Section
      title={t('fact.unmapped.title')}
      description={t('fact.unmapped.description')}
    >
      {unmapped.length === 0 ? (
        <p className={styles.quiet}>{t('fact.unmapped.none')}</p>
      ) : (
        <ul className={layout.items}>
          {unmapped.map(({ facts, lastAt, ...row }) => {
            const what = speak(row.whatSaid ?? {}, row.what);
            return (
              <li key={row.what} className={layout.item}>
                <strong>{what}</strong>
                <span className={styles.quiet}>
                  {t('fact.unmapped.facts', { total: format.count(facts) })}{' '}
                  <Instant at={lastAt} />
                </span>
                <CopyBlock
                  label={t('fact.unmapped.suggestion', { what })}
                  text={speak(row.suggestionSaid, row.suggestion)}
                />
              </li>
            );
          })}
        </ul>
      )}
      {cut.includes('unmapped') ? (
        <p className={styles.quiet}>{t('fact.cut')}</p>
      ) : null}
    </Section>
  );
}
