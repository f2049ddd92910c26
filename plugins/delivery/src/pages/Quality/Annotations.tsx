import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { QualityResponse } from '@fawkes/backstage-plugin-delivery-common';
import { layout, MaybeLink, Section, useSaid } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/facts';
import { deliveryTranslationRef } from '../../translation';
import styles from './Quality.module.css';

/** What annotations say and cannot be taken; nothing where there is none. */
export function Annotations({ quality }: { quality: QualityResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const speak = useSaid();
  const paths = usePaths();
  const { annotations, cut } = quality;
  if (annotations.length === 0) return null;
  return (
    <Section
      title={t('fact.annotations.title')}
      description={t('fact.annotations.description')}
    >
      <ul className={layout.items}>
        {annotations.map(({ service, title, annotation, ...finding }) => (
          <li
            key={`${service} ${annotation} ${finding.value} ${finding.reason}`}
            className={layout.item}
          >
            <MaybeLink href={paths.entity(service, '')}>{title}</MaybeLink>
            <span>
              <code className={styles.code}>
                {annotation}: {finding.value}
              </code>{' '}
              {speak(finding.reasonSaid ?? {}, finding.reason)}
            </span>
            <span className={styles.quiet}>
              {speak(finding.adviceSaid ?? {}, finding.advice)}
            </span>
          </li>
        ))}
      </ul>
      {cut.includes('annotations') ? (
        <p className={styles.quiet}>{t('fact.cut')}</p>
      ) : null}
    </Section>
  );
}
