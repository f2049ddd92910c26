import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { QualityResponse } from '@fawkes/backstage-plugin-delivery-common';
import { MaybeLink, Section, useSaid } from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/facts';
import { deliveryTranslationRef } from '../../translation';
import styles from './Quality.module.css';

/** What annotations say and cannot be taken; nothing where there is none. */
export function Annotations({
  annotations,
}: {
  annotations: QualityResponse['annotations'];
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const speak = useSaid();
  const paths = usePaths();
  if (annotations.length === 0) return null;
  return (
    <Section
      title={t('fact.annotations.title')}
      description={t('fact.annotations.description')}
    >
      <ul className={styles.items}>
        {annotations.map(({ service, title, annotation, ...finding }) => (
          <li
            key={`${service} ${annotation} ${finding.value} ${finding.reason}`}
            className={styles.item}
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
    </Section>
  );
}
