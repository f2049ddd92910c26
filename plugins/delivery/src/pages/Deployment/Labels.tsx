import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeploymentResponse } from '@fawkes/backstage-plugin-delivery-common';
import { ExternalLink, Instant, Section } from '@fawkes/kit-ui/values';
import { deliveryTranslationRef } from '../../translation';
import styles from './Deployment.module.css';

/** What other plugins say about it, each with where to read more. */
export function Labels({ data }: { data: DeploymentResponse }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { labels } = data;
  if (labels.length === 0) return null;
  return (
    <Section
      title={t('fact.labels', { count: labels.length })}
      description={t('fact.label.description')}
    >
      <ul className={styles.labels}>
        {labels.map(({ source, text, url, at }) => (
          <li key={source} className={styles.change}>
            <ExternalLink href={url}>{text}</ExternalLink>
            <div className={styles.changeFacts}>
              <span>{t('fact.label.saidBy', { source })}</span>
              <Instant at={at} />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
