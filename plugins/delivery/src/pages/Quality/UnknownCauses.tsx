import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { QualityResponse } from '@fawkes/backstage-plugin-delivery-common';
import {
  Instant,
  layout,
  MaybeLink,
  Section,
  useSaid,
} from '@fawkes/kit-ui/values';
import { usePaths } from '../../components/facts';
import { deliveryTranslationRef } from '../../translation';
import styles from './Quality.module.css';

/** Incidents whose named cause means nothing; nothing where there is none. */
export function UnknownCauses({ quality }: { quality: QualityResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const speak = useSaid();
  const paths = usePaths();
  const { unknownCauses, cut } = quality;
  if (unknownCauses.length === 0) return null;
  return (
    <Section
      title={t('fact.causes.title')}
      description={t('fact.causes.description')}
    >
      <ul className={layout.items}>
        {unknownCauses.map(({ service, source, id, ...incident }) => (
          <li key={`${source} ${id}`} className={layout.item}>
            <MaybeLink href={paths.entity(service, '')}>
              {incident.title ?? id}
            </MaybeLink>
            <span>
              <code className={styles.code}>{incident.causedBy}</code>{' '}
              {speak(incident.reasonSaid, incident.reason)}
            </span>
            <span className={styles.quiet}>
              <Instant at={incident.openedAt} />
            </span>
          </li>
        ))}
      </ul>
      {cut.includes('unknownCauses') ? (
        <p className={styles.quiet}>
          {t('fact.causes.cut', { most: String(unknownCauses.length) })}
        </p>
      ) : null}
    </Section>
  );
}
